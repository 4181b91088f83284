"""All operations that are killed and cancelled."""

from faults.harness.chapter_operations import CHAPTERS
from faults.harness.operations import OPERATIONS
from faults.harness.people_operations import PEOPLE

EVERY = (*OPERATIONS, *CHAPTERS, *PEOPLE)
