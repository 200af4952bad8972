package dev.step.shell.command;

import dev.step.shell.bench.BenchBoard;
import dev.step.shell.bench.BenchJson;
import dev.step.shell.bench.BenchPlan;
import dev.step.shell.bench.BenchRecord;
import dev.step.shell.bench.BenchRecord.Circumstances;
import dev.step.shell.bench.BenchRun;
import dev.step.shell.bench.Machine;
import dev.step.shell.bench.MeasuredServer;
import dev.step.shell.bench.Sample;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Session;
import dev.step.shell.progress.Quantity;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

final class BenchCommand implements ShellCommand {
    private final ShellContext context;

    private final BenchFlags flags = new BenchFlags();

    private final Several<Operand> reports =
            Several.option(Operand.class, "--report", "FILE", "write a report; may be given several times");

    private final Several<Operand> compared =
            Several.option(Operand.class, "--compare", "FILE.json", "show an earlier run's report beside it");

    private final Single<String> label =
            Single.option(String.class, "--label", "NAME", "what to call this run in comparisons");

    BenchCommand(ShellContext context) {
        this.context = context;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.usageMessage()
                .description("Measure the server.", "Times and rates by size, connections, clients and format.")
                .customSynopsis("bench [--report FILE] [--compare FILE.json] [--repeat N] [FIGURE…]")
                .footer(
                        "Figures: sizes, connections, clients, formats, latency, or all. Without any,",
                        "those whose values are named, else sizes. What is sent is made up, has keys",
                        "that begin with step-bench-, and is removed again, after Ctrl-C too.",
                        "A report's format is that of its name: .html, .svg, .png, .csv, .json, .md",
                        "",
                        "  bench                               time and MB/s for 256 KiB to 50 MiB",
                        "  bench all --report bench.html       everything, drawn",
                        "  bench --connections 1,2,4 --direction put",
                        "  bench sizes --compare before.json   beside an earlier run's --report");
        Argument.addAll(spec, flags, reports, compared, label);
    }

    @Override
    public ExitStatus run() throws ClientException, UsageException {
        BenchPlan plan = flags.plan();
        List<BenchRecord> runs = new ArrayList<>();
        for (Operand file : compared.values()) {
            runs.add(BenchJson.read(file.path(context.folder())));
        }
        BenchReports files = BenchReports.at(paths(reports.values()));
        runs.add(0, measure(plan));
        List<BenchRecord> distinct = BenchRecord.withDistinctLabels(runs);
        List<BenchRecord> others = distinct.subList(1, distinct.size());
        new BenchAnswer(context.output()).show(distinct.get(0), others);
        files.write(distinct.get(0), others);
        return ExitStatus.OK;
    }

    private List<Path> paths(List<Operand> operands) throws UsageException {
        List<Path> paths = new ArrayList<>();
        for (Operand operand : operands) {
            paths.add(operand.path(context.folder()));
        }
        return paths;
    }

    private BenchRecord measure(BenchPlan plan) throws ClientException {
        Session session = context.session();
        MeasuredServer server = MeasuredServer.of(session);
        context.output()
                .notice(plan.cases().size() + " cases, " + plan.repeat() + " times and once to warm up: "
                        + Quantity.size(plan.bytes()) + " to move; seed " + plan.seed());
        Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (BenchBoard board = new BenchBoard(context.console(), context::columns, plan.repeat())) {
            List<Sample> samples =
                    new BenchRun(session, plan, board, Path.of(System.getProperty("java.io.tmpdir"))).run();
            Circumstances circumstances =
                    new Circumstances(started, Machine.here(), server, plan.repeat(), plan.seed());
            return new BenchRecord(label.value().orElseGet(server::software), circumstances, samples);
        }
    }
}
