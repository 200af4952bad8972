"""Programs that are started, measured and stopped."""

import sys
import unittest

from stepbench import processes
from stepbench.processes import Background, CommandFailed

MIB = 1 << 20


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


class MeasureTest(unittest.TestCase):
    def test_output_is_returned_however_long(self):
        _, output = processes.measure(python("print('x' * 1_000_000)"))
        self.assertEqual(1_000_001, len(output))

    def test_largest_memory_is_that_of_the_program(self):
        usage, _ = processes.measure(python(f"bytearray({256 * MIB})"))
        self.assertGreater(usage.peak_bytes, 256 * MIB)

    def test_failure_names_status_and_words(self):
        with self.assertRaisesRegex(CommandFailed, "status 3 of.*\n.*too bad"):
            processes.measure(python("import sys; print('too bad', file=sys.stderr); sys.exit(3)"))


class BackgroundTest(unittest.TestCase):
    def test_line_is_waited_for(self):
        with Background(python("print('ready on 7', flush=True); input()")) as program:
            self.assertEqual("7", program.wait_for_line(r"ready on (\d)").group(1))

    def test_end_before_the_line_is_an_error(self):
        with Background(python("print('no such thing')")) as program:
            with self.assertRaisesRegex(CommandFailed, "no such thing"):
                program.wait_for_line("ready")

    def test_leaves_nothing_running(self):
        with Background(python("print('ready', flush=True); import time; time.sleep(600)")) as program:
            program.wait_for_line("ready")
        self.assertFalse(program.running())


if __name__ == "__main__":
    unittest.main()
