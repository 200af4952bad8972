package dev.step.shell.command;

import dev.step.shell.bench.BenchRecord;
import dev.step.shell.bench.report.Report;
import dev.step.shell.bench.report.ReportFormat;
import dev.step.shell.client.ClientException;
import dev.step.shell.client.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that a measurement is written to. What would keep them from being written is found before it begins. */
final class BenchReports {
    private final Map<Path, ReportFormat> files = new LinkedHashMap<>();

    private BenchReports() {}

    /** Files that are replaced if they are there. */
    static BenchReports at(List<Path> paths) throws UsageException, ClientException {
        BenchReports reports = new BenchReports();
        for (Path path : paths) {
            ReportFormat format = ReportFormat.of(path)
                    .orElseThrow(() -> new UsageException(
                            path + " names no report: it has to end in .html, .svg, .png, .csv, .json or .md"));
            checkWritable(path);
            format.check();
            reports.files.put(path, format);
        }
        return reports;
    }

    private static void checkWritable(Path path) throws ClientException {
        Path folder = path.toAbsolutePath().getParent();
        boolean possible =
                Files.exists(path) ? Files.isRegularFile(path) && Files.isWritable(path) : isWritableFolder(folder);
        if (!possible) {
            throw new ClientException(Problem.LOCAL_FILE, path + " cannot be written; name another file for --report");
        }
    }

    private static boolean isWritableFolder(@Nullable Path folder) {
        return folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    }

    void write(BenchRecord run, List<BenchRecord> others) throws ClientException {
        Report report = new Report(run, others);
        for (Map.Entry<Path, ReportFormat> file : files.entrySet()) {
            try (OutputStream out = Files.newOutputStream(file.getKey())) {
                file.getValue().write(report, out);
            } catch (IOException e) {
                throw ClientException.local(file.getKey(), e);
            }
        }
    }
}
