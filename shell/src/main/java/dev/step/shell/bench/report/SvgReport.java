package dev.step.shell.bench.report;

import java.io.IOException;

/** The charts as one picture, which is light or dark as the reader prefers. */
final class SvgReport {
    private SvgReport() {}

    static String of(Report report) throws IOException {
        Sheet sheet = Sheet.of(report);
        String svg = SvgPicture.of("benchmark", sheet.width(), sheet.height(), Wording.TITLE, sheet::draw);
        int content = svg.indexOf('>') + 1;
        return svg.substring(0, content) + "<style>" + Palette.styles() + "</style>" + svg.substring(content);
    }
}
