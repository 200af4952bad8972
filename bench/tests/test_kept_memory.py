"""How the machine is left: run with python3 -m unittest discover -s bench/tests -t bench."""

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from stepbench import kept_memory

BENCH = Path(kept_memory.__file__).parents[1]


@mock.patch.dict(os.environ, {"PYTHONPATH": str(BENCH), "PYTHONDONTWRITEBYTECODE": "1"})
@mock.patch.object(kept_memory, "MOST", 1 << 20)
class KeptMemoryTest(unittest.TestCase):
    def test_setting_is_as_it_was_afterwards_whatever_happens(self):
        with tempfile.TemporaryDirectory() as folder:
            setting = Path(folder) / "order"
            setting.write_text("9\n")
            with mock.patch.object(kept_memory, "SETTING", setting):
                with self.assertRaises(KeyboardInterrupt), kept_memory.KeptMemory():
                    self.assertEqual(kept_memory.NEVER, setting.read_text())
                    raise KeyboardInterrupt
            self.assertEqual("9\n", setting.read_text())

    def test_kernel_without_the_setting_is_left_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            setting = Path(folder) / "order"
            with mock.patch.object(kept_memory, "SETTING", setting), kept_memory.KeptMemory():
                self.assertFalse(setting.exists())


if __name__ == "__main__":
    unittest.main()
