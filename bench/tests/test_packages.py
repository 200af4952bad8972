"""What is said when a program is missing."""

import tempfile
import unittest
from unittest import mock

from stepbench import packages


class PackagesTest(unittest.TestCase):
    def test_missing_program_is_named_with_its_package(self):
        with tempfile.TemporaryDirectory() as nothing, mock.patch.object(packages, "SEARCHED", nothing):
            with self.assertRaisesRegex(packages.NotHere, "sftp is needed: apt install openssh-client"):
                packages.find("sftp")


if __name__ == "__main__":
    unittest.main()
