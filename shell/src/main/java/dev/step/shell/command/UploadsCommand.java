package dev.step.shell.command;

import dev.step.protocol.message.UploadList;
import dev.step.protocol.message.UploadList.Unfinished;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.UnfinishedUploads;
import dev.step.shell.progress.Quantity;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

final class UploadsCommand implements ShellCommand {
    private static final int PERCENT = 100;

    private final ShellContext context;

    UploadsCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description(
                        "List unfinished uploads.",
                        "What has arrived, of how much, under which key. To go on with one, put its file again.")
                .customSynopsis("uploads");
    }

    @Override
    public ExitStatus run() throws ClientException {
        UnfinishedUploads uploads = new UnfinishedUploads(context.session());
        Optional<String> after = Optional.empty();
        do {
            UploadList page = uploads.list(after);
            show(page.uploads());
            after = page.after();
        } while (after.isPresent());
        return ExitStatus.OK;
    }

    private void show(List<Unfinished> uploads) {
        Table table = new Table(List.of(Table.Align.RIGHT, Table.Align.RIGHT, Table.Align.RIGHT));
        for (Unfinished upload : uploads) {
            long percent = upload.size() == 0 ? PERCENT : PERCENT * upload.received() / upload.size();
            table.add(
                    List.of(
                            Quantity.size(upload.received()),
                            Quantity.size(upload.size()),
                            percent + "%",
                            upload.key().text()),
                    Facts.of("key", upload.key().text())
                            .and("size", upload.size())
                            .and("received", upload.received()));
        }
        context.output().table(table);
    }
}
