package dev.step.shell.command;

import dev.step.shell.bench.Advice;
import dev.step.shell.bench.BenchCase;
import dev.step.shell.bench.BenchRecord;
import dev.step.shell.bench.Result;
import dev.step.shell.bench.ResultTable;
import dev.step.shell.bench.Statistics;
import dev.step.shell.command.Table.Align;
import java.util.ArrayList;
import java.util.List;

/** Shows what a measurement came to: a table with bars for each figure, and what follows from it. */
final class BenchAnswer {
    private final Output output;

    BenchAnswer(Output output) {
        this.output = output;
    }

    /** Shows it beside other runs. */
    void show(BenchRecord run, List<BenchRecord> others) {
        for (ResultTable table : ResultTable.of(run, others)) {
            show(table);
        }
        if (!output.isJson()) {
            Advice.of(run).forEach(sentence -> output.answer(sentence, Facts.none()));
        }
    }

    private void show(ResultTable table) {
        Table lines = new Table(List.of(Align.LEFT, Align.RIGHT));
        if (!output.isJson()) {
            output.answer(table.figure().question(), Facts.none());
            lines.add(withBar(table.header(), ""), Facts.none());
        }
        table.rows().forEach(row -> lines.add(withBar(row.cells(), row.bar()), facts(row.result())));
        output.table(lines);
        if (!output.isJson()) {
            output.answer("", Facts.none());
        }
    }

    private static List<String> withBar(List<String> cells, String bar) {
        List<String> line = new ArrayList<>(cells);
        line.add(bar);
        return line;
    }

    private static Facts facts(Result result) {
        BenchCase what = result.what();
        Statistics seconds = result.seconds();
        Facts facts = Facts.of("figure", what.figure().userName())
                .and("action", what.action().userName())
                .and("kind", what.payload().kind().userName())
                .and("size", what.payload().size())
                .and("connections", what.connections())
                .and("clients", what.clients())
                .and("n", seconds.count())
                .and("median_seconds", seconds.median())
                .and("min_seconds", seconds.min())
                .and("max_seconds", seconds.max())
                .and("mean_seconds", seconds.mean())
                .and("p90_seconds", seconds.percentile(0.9))
                .and("p99_seconds", seconds.percentile(0.99))
                .and("outliers", seconds.outliers().size());
        seconds.variation().ifPresent(variation -> facts.and("cv", variation));
        return result.hasRate() ? facts.and("bytes_per_second", Math.round(result.medianRate() * 1e6)) : facts;
    }
}
