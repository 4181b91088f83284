"""Ways to die, for a process that was born to."""

import os
import signal
import sqlite3

import asyncpg
from faults.harness.toll import SPEAKING

from bot.storage.jobs import Job

NEVER = "never"
TOLD = "told"
"""After the commit, before the caller hears of it."""


class Mortality:
    """Counts the SQL statements of this process once it is `armed`, and dies where it must."""

    def __init__(self, point):
        self.point = point
        self.statements = 0
        self.armed = False

    def arm(self):
        self.armed = True

    def begins(self, _sql):
        if self.armed:
            self.statements += 1
            if self.point == str(self.statements):
                die()

    def about_to_tell(self):
        if self.armed and self.point == TOLD:
            die()


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def mortal(point):
    """Have every connection that is opened from now on count, and die at *point*."""
    mortality = Mortality(point)

    class Traced(sqlite3.Connection):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            if "community" in str(arguments[0]):  # building a canon takes thousands
                self.set_trace_callback(mortality.begins)

    plain, resolve = sqlite3.connect, Job.resolve

    def last_moment(job):
        mortality.about_to_tell()
        resolve(job)

    sqlite3.connect = lambda *arguments, **options: plain(*arguments, factory=Traced, **options)
    for name in SPEAKING:
        setattr(asyncpg.Connection, name, _counted(getattr(asyncpg.Connection, name), mortality))
    Job.resolve = last_moment
    return mortality


def _counted(plain, mortality):
    async def begin(connection, *arguments, **options):
        mortality.begins(arguments[0])
        return await plain(connection, *arguments, **options)

    return begin
