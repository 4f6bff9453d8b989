"""The settings of a node, but for how long it takes to hash a password: that is chosen to be long, and is no subject
of most tests."""

from django.contrib.auth.hashers import ScryptPasswordHasher

from rogatory.site.settings import *

PASSWORD_HASHERS = ["tests.support.quick_passwords.QuickScrypt"]


class QuickScrypt(ScryptPasswordHasher):
    """The hasher of the program with a work factor that protects nothing."""

    work_factor = 2**4
