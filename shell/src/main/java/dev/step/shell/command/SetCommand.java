package dev.step.shell.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

final class SetCommand implements ShellCommand {
    private final ShellContext context;

    private final Several<String> words = Several.operands(String.class, "0..2", "NAME VALUE", "what to set, and how");

    SetCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description("Show or set what holds for all commands.")
                .customSynopsis("set [NAME [VALUE]]")
                .footer("  set                            everything", "  set json on");
        Argument.addAll(spec, words);
    }

    @Override
    public ExitStatus run() throws UsageException {
        List<String> given = words.values();
        if (given.isEmpty()) {
            show(List.of(Setting.values()));
            return ExitStatus.OK;
        }
        Setting setting = Setting.find(given.get(0)).orElseThrow(() -> unknown(given.get(0)));
        if (given.size() == 1) {
            show(List.of(setting));
        } else {
            set(setting, given.get(1));
        }
        return ExitStatus.OK;
    }

    private void set(Setting setting, String value) throws UsageException {
        context.settings().set(setting, value);
        context.console().color(context.settings().color(), System.getenv());
    }

    private void show(List<Setting> settings) {
        Table table = new Table(List.of());
        for (Setting setting : settings) {
            String value = context.settings().get(setting);
            table.add(
                    List.of(setting.userName(), value, setting.form(), setting.description()),
                    Facts.of("setting", setting.userName()).and("value", value));
        }
        context.output().table(table);
    }

    private static UsageException unknown(String name) {
        Optional<String> near = EditDistance.nearest(name, Setting.userNames());
        return new UsageException("nothing to set is called \"" + name + "\""
                + near.map(candidate -> "; did you mean " + candidate + "?").orElse("; set shows what there is"));
    }
}
