package dev.step.shell.bench.report;

import dev.step.shell.bench.BenchCase;
import dev.step.shell.bench.BenchRecord;
import dev.step.shell.bench.Sample;

/** Every measurement of every run, one in each line (RFC 4180). */
final class CsvReport {
    private static final String HEADER = "label,figure,action,kind,size,connections,clients,round,index,nanos";
    private static final String END = "\r\n";

    private CsvReport() {}

    static String of(Report report) {
        StringBuilder lines = new StringBuilder(HEADER).append(END);
        for (BenchRecord run : report.all()) {
            run.samples()
                    .forEach(sample -> lines.append(line(run.label(), sample)).append(END));
        }
        return lines.toString();
    }

    private static String line(String label, Sample sample) {
        BenchCase what = sample.what();
        return String.join(
                ",",
                quoted(label),
                what.figure().userName(),
                what.action().userName(),
                what.payload().kind().userName(),
                Long.toString(what.payload().size()),
                Integer.toString(what.connections()),
                Integer.toString(what.clients()),
                Integer.toString(sample.round()),
                Integer.toString(sample.index()),
                Long.toString(sample.nanos()));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
