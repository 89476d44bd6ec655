"""Names for runs that were given none: an adjective, an animal, a number."""

from __future__ import annotations

import secrets

ADJECTIVES = (
    "able amber ample bold brave breezy bright brisk calm candid careful casual cheerful clear clever cosmic "
    "crisp curious daring deft dapper eager early easy fair fearless fleet fond frank free fresh gentle glad "
    "golden grand handy hardy honest humble keen kind lively loyal lucid lucky mellow merry mild modest nimble "
    "noble open patient placid plucky polite proud quick quiet rapid ready sage serene sharp silent silver "
    "smooth sober spry stable steady stoic sturdy subtle sunny swift tidy true upbeat valiant vivid warm wise "
    "witty zesty"
).split()
ANIMALS = (
    "ant auk badger bat bear beaver bee bison boar bobcat camel carp cat civet cod colt crab crane crow deer "
    "dingo dolphin dove duck eagle eel egret elk falcon fawn ferret finch fox frog gecko gnat goat goose grouse "
    "gull hare hawk heron hippo horse hound ibex ibis jay kite koala lark lemur lion lizard llama lynx magpie "
    "marten mink mole moose moth mouse mule newt ocelot orca otter owl ox panda perch pigeon pike pony puffin "
    "quail rabbit raven robin rook salmon seal shark sheep shrew skunk sloth snail sparrow squid stag stork "
    "swan tapir tern tiger toad trout tuna turtle vole walrus wasp whale wolf wombat wren yak zebra"
).split()


def random_name() -> str:
    """A name such as `calm-otter-42`; not unique, and not meant to be."""
    return f"{secrets.choice(ADJECTIVES)}-{secrets.choice(ANIMALS)}-{secrets.randbelow(1000)}"
