"""What is made of samples: run with python3 -m unittest discover -s bench/tests -t bench."""

import tempfile
import unittest
from pathlib import Path

from stepbench import report, results
from stepbench.machine import Machine
from stepbench.results import Result, Row, Sample, Table, Target

MACHINE = Machine(
    "2026-01-01 00:00 UTC", "A processor", 2, 4.0, "6.0", "Debian", "cubic", "17.0.1", "abc", {"gcc": "12"}, 0)


def rates(**samples: list[float]) -> Table:
    return Table("put", "MB/s", [Row(name, [Sample(value) for value in values]) for name, values in samples.items()],
                 references=["limit"])


class ReportTest(unittest.TestCase):
    def test_ratio_is_between_the_best_samples(self):
        self.assertEqual(0.5, rates(limit=[300, 400], put=[200, 100]).ratio("put", "limit"))

    def test_best_time_is_the_shortest(self):
        table = Table("ls", "ms", [Row("ls", [Sample(3), Sample(2)])], higher_is_better=False)
        self.assertEqual(2, table.best("ls"))

    def test_row_shows_best_median_and_ratio(self):
        lines = report.table_lines(rates(limit=[400, 300, 310], put=[200, 100, 160]))
        self.assertEqual("| put | 200 | 160 | 0.50 |", lines[-1])

    def test_column_that_no_row_knows_is_left_out(self):
        self.assertNotIn("CPU", "".join(report.table_lines(rates(limit=[1], put=[1]))))

    def test_target_is_reached_at_its_bound(self):
        self.assertTrue(Target("put", 0.95, 0.95).reached())
        self.assertFalse(Target("put", 0.94, 0.95).reached())
        self.assertTrue(Target("heap", 32, 32, at_least=False).reached())
        self.assertFalse(Target("heap", 33, 32, at_least=False).reached())


class DocumentTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        table = rates(limit=[400], put=[200])
        self.result = Result("put", "A large file", [table], [Target("put", 0.5, 0.95)], ["Note."])

    def test_what_was_kept_is_found_again(self):
        results.save(self.folder, self.result, MACHINE)
        self.assertEqual({"put": (self.result, MACHINE)}, results.load(self.folder))

    def test_only_what_stands_between_the_marks_is_replaced(self):
        document = self.folder / "document.md"
        document.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n")
        for _ in range(2):
            report.update(document, {"put": (self.result, MACHINE)})
        text = document.read_text()
        self.assertTrue(text.startswith(f"before\n{report.BEGIN}\n"))
        self.assertTrue(text.endswith(f"{report.END}\nafter\n"))
        self.assertNotIn("old", text)
        self.assertEqual(1, text.count("### A large file"))

    def test_document_without_marks_is_left_alone(self):
        document = self.folder / "document.md"
        document.write_text("nothing to replace\n")
        with self.assertRaises(OSError):
            report.update(document, {"put": (self.result, MACHINE)})
        self.assertEqual("nothing to replace\n", document.read_text())


if __name__ == "__main__":
    unittest.main()
