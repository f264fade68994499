"""What a recipe will ask for and cost, before anything is sent. Touches no network and writes nothing that stays.

plan.py      slots, calls, rows, tokens and dollars by stage, and what was assumed
known.py     what is done, and what is stored for slots to come, as the journal has it
warnings.py  what will not do what it seems to do
rates.py     what they follow from: what a slot needs and gives, measured, rehearsed or assumed
"""

from ittgen.planning.plan import Plan, StagePlan, ToGo, estimate

__all__ = ["Plan", "StagePlan", "ToGo", "estimate"]
