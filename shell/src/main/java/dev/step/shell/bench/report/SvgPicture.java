package dev.step.shell.bench.report;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.apache.batik.svggen.SVGSyntax;
import org.w3c.dom.Document;

/** Drawings as SVG elements, whose colours are those of the reader's choice of light or dark. */
final class SvgPicture {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    /** What the generator calls a part that is empty here. */
    private static final String SAME_NAME_IN_ALL = " id=\"" + SVGSyntax.ID_PREFIX_GENERIC_DEFS + "\"";

    private SvgPicture() {}

    /**
     * The element, of this size in pixels.
     *
     * @param name its id, which begins those of its parts, too: no other in the same page may have it
     * @param title for those who do not see it
     */
    static String of(String name, int width, int height, String title, Consumer<Graphics2D> drawing)
            throws IOException {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setIDGenerator(new PartNames(name));
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(width, height));
        drawing.accept(graphics);
        StringWriter text = new StringWriter();
        graphics.stream(text, true);
        String svg = text.toString().replace(SAME_NAME_IN_ALL, "");
        String start = String.format(
                Locale.ROOT,
                "<svg id=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\"",
                name,
                width,
                height,
                Markup.escaped(title));
        int afterProlog = svg.indexOf("<svg") + "<svg".length();
        return colored(start + svg.substring(afterProlog));
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java can make an empty document", e);
        }
    }

    private static String colored(String svg) {
        String colored = svg;
        for (Palette color : Palette.values()) {
            String drawn = "rgb(" + color.light().getRed() + "," + color.light().getGreen() + ","
                    + color.light().getBlue() + ")";
            colored = colored.replace(drawn, color.css());
        }
        return colored;
    }

    /** Every picture would begin to count its parts anew, and be cut off where another one ends. */
    private static final class PartNames extends SVGIDGenerator {
        private final String picture;

        PartNames(String picture) {
            this.picture = picture;
        }

        @Override
        public String generateID(String part) {
            return super.generateID(picture + "-" + part);
        }
    }
}
