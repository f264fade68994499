"""Evolved tasks out of what models write around them, and the judge's word on them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.generators.parse import equal, evolved, evolved_task

quick = settings(deadline=None, derandomize=True, max_examples=150)

TASK = "Plan a week of meals for two, with no meat and nothing that takes over 40 minutes."


@pytest.mark.parametrize(
    "header",
    [
        "#Rewritten Prompt#:\n",
        "#Rewritten Prompt#: ",
        "#Rewritten Prompt#\n",
        "# Rewritten Prompt #:\n",
        "#The Rewritten Prompt#:\n",
        "#Created Prompt#:\n",
        "#Finally Rewritten Instruction#:\n",
        "Rewritten instruction: ",
        "Rewritten Prompt\n\n",
        "Rewritten: ",
        "rewritten prompt - ",
        "**New Task:** ",
        "**New Task**: ",
        "**Rewritten Prompt**\n\n",
        "*Rewritten Prompt:* ",
        "_Rewritten prompt_: ",
        "### Evolved Prompt\n",
        "[Rewritten Prompt]: ",
        "Rewritten Prompt (with an added constraint): ",
        "Rewritten Prompt #1: ",
        "New, more challenging task: ",
        "More Complex Version: ",
        "Updated Question: ",
        "The rewritten prompt is: ",
        "Prompt: ",
        "Instruction: ",
        "**Question:** ",
        "Sure, here is the rewritten prompt:\n\n",
        "Sure! Here's a more complex version of the prompt:\n\n",
        "Certainly! Here is the rewritten instruction with added constraints: ",
        "Here is a rewritten version of the given prompt:\n\n",
        "Here is the evolved prompt:\n\n**Evolved Prompt:**\n",
        "Here's a slightly harder task:\n\n",
        "Here is my attempt at rewriting the prompt:\n\n",
        "A more complex version of this prompt could be:\n\n",
        "To make the prompt more challenging, you could ask:\n\n",
        "Rewritten Prompt:\n```\n",
        "## Rewritten Prompt ##\n",
        "<Rewritten Prompt>: ",
        "**Original Prompt:** Plan meals.\n\n**Rewritten Prompt:** ",
        "Okay, let's rewrite this prompt to be more challenging:\n\n",
        "I've rewritten the prompt to add a constraint:\n\n",
        "Sure!\n\n",
        "Sure. Rewritten prompt: ",
        "#Given Prompt#:\nPlan some meals.\n\n#Rewritten Prompt#:\n",
        "Step 1: add a limit on time.\nStep 2: exclude meat.\n\n#Finally Rewritten Prompt#:\n",
        "改写后的提示：",
        "Neue Aufgabe: ",
        "<think>\nMeals, hm.\n</think>\n\n",
        "\r\nRewritten Prompt:\r\n",
        "As requested, here is the harder version:\n",
        "Here you go: ",
        "Prompt 2: ",
        "New Prompt:\n> ",
        "Step 1: add a limit.\n\nStep 2 #Finally Rewritten Prompt#:\n",
        "The given prompt asks for meals. Here is a rewritten version: ",
    ],
)
def test_a_header_in_front_is_taken_off(header: str) -> None:
    closing = "\n```" if "```" in header else ""
    assert evolved(header + TASK + closing) == TASK
    assert evolved(f'{header}"{TASK}"{closing}') == TASK


@pytest.mark.parametrize(
    "reply",
    [
        f'"{TASK}"',
        f"“{TASK}”",
        f"'{TASK}'",
        f"«{TASK}»",
        f"`{TASK}`",
        f"**{TASK}**",
        f'"""{TASK}"""',
        f"```\n{TASK}\n```",
        f"```text\n{TASK}\n```",
        f"**Rewritten Prompt: {TASK}**",
        f'"Rewritten Prompt: {TASK}"',
        f"<rewritten_prompt>\n{TASK}\n</rewritten_prompt>",
        f"<instruction>{TASK}</instruction>",
    ],
)
def test_quotes_round_the_whole_are_taken_off(reply: str) -> None:
    assert evolved(reply) == TASK


def test_a_count_of_words_at_the_very_end_is_taken_off() -> None:
    assert evolved(f"{TASK} (18 words added)") == TASK
    assert evolved("Write a poem (18 words)") == "Write a poem (18 words)"


def test_quotes_inside_quotes_stay() -> None:
    assert evolved('"Write about "love" and hate."') == 'Write about "love" and hate.'
    assert evolved("'Explain why it's raining.'") == "Explain why it's raining."


@pytest.mark.parametrize(
    "remark",
    [
        "Note: I added a constraint to the original prompt.",
        "**Explanation:** The rewritten prompt asks for a limit on time.",
        "This rewritten prompt adds two requirements.",
        "(Added 12 words)",
        "Word count: 17",
        "I added a time limit to increase the complexity.",
        "Let me know if you'd like another version of this task!",
        "(Added a constraint on time, 5 words)",
        "This version adds a requirement to avoid meat.",
        "---\n\n**Changes made:** a limit on time",
        "**Explanation:** It takes planning.",
        "Added constraint: time",
        "Why this is harder: time is short.",
        "I hope this helps! Let me know what you think.",
        "Let me know if you want another one.",
        "### Response:\nMonday: soup.",
        "## Answer\nMonday: soup.\n\nTuesday: rice.",
    ],
)
def test_a_remark_on_the_work_below_it_is_taken_off(remark: str) -> None:
    assert evolved(f"{TASK}\n\n{remark}") == TASK


@pytest.mark.parametrize(
    "task",
    [
        '"A" and "B": which is the better title?',
        "Here is a list of numbers: 3, 1, 2. Sort them.",
        "Here is a problem: A train leaves at 9. When does it arrive?",
        "Here are detailed instructions: Mix. Bake. Turn them into a poem.",
        "Write a story based on the given prompt: a dark forest.",
        "Rewrite the given text.",
        "The task is to write a poem of 12 lines.",
        "The question of free will is not solved. Discuss.",
        "There is no question that bees matter. Explain why.",
        "New York is a city. Describe it.",
        "New tasks wait for you: sort them by urgency.",
        "Create a new prompt for an image model.",
        "```python\nprint(1)\n```",
        "Question: What is 2 + 2?",
        "Difficult decisions - how are they made?",
        "Modified starch - what is it?",
        "Updated software often breaks. Why?",
        "This is a new recipe: flour, eggs. Scale it for six.",
        "Okay, so I have 3 apples: how many are left if I eat one?",
        "Explain the code.\n\nNote: the answer must have at most 50 words.",
        "Explain the code.\n\nNote: this function is from a library.",
        "Answer the letter.\n\nThe new version costs more than this one. Please let me know.",
        "> Quote this.\n\n- and this",
        "写一首关于秋天的诗。",
        "* one\n* two\n\nWhich is shorter?",
        "Prompt 1: a fox. Prompt 2: a hen. Which is better?",
        "Sum them.\n\n## Input\n1 2\n\n## Output\n3",
        "Fix this:\n```\nx = 1\n# Output:\nprint(x)\n```",
        "Sum them.\n\n## Output format\nJSON",
    ],
)
def test_a_task_without_a_header_comes_out_unchanged(task: str) -> None:
    assert evolved(task) == task


@pytest.mark.parametrize(
    "reply",
    [
        "The given prompt is already complex enough.",
        "The given prompt is already very specific and cannot be made more complex.",
        "The prompt you provided is already quite detailed.",
        "This prompt is already quite complex, so no rewriting is needed.",
        "Your prompt seems to be incomplete.",
        "The instruction provided is too vague. Could you give more details?",
        "#Given Prompt# is already in its most complex form.",
        "The #Given Prompt# is already complex.",
        "Since the given prompt is already complex, I will leave it unchanged.",
        "#Rewritten Prompt#:\nThe given prompt is already complex.",
        "No changes needed.",
        "(No changes)",
        "The rewritten prompt would be the same as the given prompt.",
        "It looks like you haven't provided a prompt.",
        "I don't see a prompt in your message.",
        "There is no input provided in the prompt.",
        'The prompt "Explain X" is already well-defined, so I made no changes.',
        "There is nothing to rewrite here.",
        "Let me know if this works!",
    ],
)
def test_a_reply_about_the_prompt_is_no_task(reply: str) -> None:
    assert evolved(reply) is None
    assert evolved_task(reply) is None
    assert evolved_task(f"<instruction>\n{reply}\n</instruction>\n<input>\n<noinput>\n</input>") is None


@pytest.mark.parametrize(
    "reply",
    [
        "I'm sorry, but I can't assist with that.",
        "I'm sorry, I cannot rewrite this prompt.",
        "I am sorry, but as an AI language model I cannot do this.",
        "As an AI language model, I cannot create harmful content.",
        "I cannot fulfill this request.",
        "I can't help with that.",
        "I'm unable to rewrite that prompt.",
        "Unfortunately, I cannot rewrite this.",
        "I apologize, but the prompt is unclear.",
        "I must decline to create such content.",
        "I don't feel comfortable rewriting this.",
        "I won't be able to help with that.",
        "As an AI, I have no opinion on that.",
        "I refuse to do that.",
        "I won't do this.",
        "Sorry, no.",
    ],
)
def test_a_refusal_is_no_task(reply: str) -> None:
    assert evolved(reply) is None


@pytest.mark.parametrize(
    "reply",
    [
        "Please provide the prompt you'd like me to rewrite.",
        "Could you please provide the original prompt?",
        "Sure! Please provide the prompt that you would like me to rewrite.",
        "Sure, I'd be happy to help! Could you please provide the prompt?",
        "I would need more context to rewrite this instruction.",
        "What task would you like me to rewrite?",
        "Understood. I'm ready to help. Please provide the #Given Prompt#.",
        "Please provide the prompt.",
        "I'm not sure what you are asking.",
    ],
)
def test_a_request_for_the_prompt_is_no_task(reply: str) -> None:
    assert evolved(reply) is None


@pytest.mark.parametrize(
    "task",
    [
        "I'm sorry I missed your party. Rewrite this apology formally.",
        "I cannot sleep at night. Suggest five remedies.",
        "I refuse to do that. How do I tell my boss?",
        "I'm unable to open this jar. What can I do?",
        "I'm not sure what to cook. Suggest three dishes.",
        "As an AI engineer, explain how you would test a model.",
        "Please provide a script to generate such a list.",
        "No change of trains: plan the journey.",
        "To make the task easier, follow two steps: read, then sum up.",
        "The version above is too long. Shorten it.",
        "I need more information about the Roman Empire. Summarise its fall.",
        "Please provide a list of five rivers, with their lengths.",
        "Could you please provide an overview of the French Revolution?",
        "Can you give me three questions for an interview?",
        "Would you please specify the steps for the task of planting a tree?",
        "What question would you ask a king?",
        "You did not include the tax in your invoice. Write a polite complaint.",
        "It seems that many people ask questions about taxes. Why?",
        "Unfortunately, the train was late. Continue the story.",
    ],
)
def test_a_task_that_only_begins_like_talk_stays(task: str) -> None:
    assert evolved(task) == task


@pytest.mark.parametrize(
    "reply", ["", " \n\t", "#Rewritten Prompt#:", "Sure, here is the rewritten prompt:", "N/A", '""']
)
def test_nothing_is_no_task(reply: str) -> None:
    assert not evolved(reply) or evolved(reply) == '""'
    assert evolved_task(reply) is None or reply == '""'


FORM = "<instruction>\n{}\n</instruction>\n<input>\n{}\n</input>"


@pytest.mark.parametrize("said", ["", "<noinput>", "None", "N/A"])
def test_an_input_that_is_none_is_empty(said: str) -> None:
    assert evolved_task(FORM.format(TASK, said)) == (TASK, "")


@pytest.mark.parametrize(
    "said",
    [
        "2 and 2",
        "    def f():\n        return 1",
        "<library>\n  <book>\n    <input>x</input>\n  </book>\n</library>",
        "<form>\n  <input>\n</form>",
        "```python\nprint('</instruction>')\n```",
        '{"instruction": "x"}',
        "Input: 3\nOutput: 9",
    ],
)
def test_an_input_comes_out_as_written(said: str) -> None:
    assert evolved_task(FORM.format(TASK, said)) == (TASK, said)
    assert evolved_task(f"Sure, here it is:\n\n{FORM.format(TASK, said)}\n\nI added data.") == (TASK, said)


@pytest.mark.parametrize(
    "reply",
    [
        f"<instruction>{TASK}</instruction>\n<input>2 and 2</input>",
        f"<instruction>\n{TASK}\n</instruction>\n\n<input>\n2 and 2",
        f"<instruction>\n{TASK}\n<input>\n2 and 2\n</input>",
        f"{TASK}\n<input>\n2 and 2\n</input>",
        f"#Rewritten Prompt#:\n<instruction>\n{TASK}\n</instruction>\n<input>\n2 and 2\n</input>",
        f"<instruction>\n#Rewritten Prompt#: {TASK}\n</instruction>\n<input>\n2 and 2\n</input>",
        f"```xml\n<instruction>\n{TASK}\n</instruction>\n<input>\n2 and 2\n</input>\n```",
        f"<task>\n<instruction>\n{TASK}\n</instruction>\n<input>\n2 and 2\n</input>\n</task>",
        f"<INSTRUCTION>\n{TASK}\n</INSTRUCTION>\n<INPUT>\n2 and 2\n</INPUT>",
        f"**New instruction:** {TASK}\n**Input:** 2 and 2",
        "Draft:\n" + FORM.format("Plan.", "1") + "\n\nFinal:\n" + FORM.format(TASK, "2 and 2"),
        f"<instruction lang='en'>\n{TASK}\n</instruction>\n<input>\n2 and 2\n</input>",
        f"< instruction >\n{TASK}\n</ instruction >\n< input >\n2 and 2\n</ input >",
        f'{{"instruction": "{TASK}", "input": "2 and 2"}}',
        f'```json\n{{"instruction": "{TASK}", "input": "2 and 2"}}\n```',
        f"Instruction: {TASK}\n\nInput:\n2 and 2",
    ],
)
def test_both_fields_come_back_however_they_are_marked(reply: str) -> None:
    assert evolved_task(reply) == (TASK, "2 and 2")


def test_a_task_that_describes_inputs_is_not_taken_apart() -> None:
    task = "Write a function for this:\nInput: a list\nOutput: its sum"
    assert evolved_task(task) == (task, "")
    assert evolved_task(f"New task: {task}") == (task, "")


@pytest.mark.parametrize(
    "reply",
    [
        "Plan it. </instruction> Now.",
        '{"instruction": "The given prompt is already complex."}',
    ],
)
def test_a_tag_left_over_or_talk_in_a_field_is_no_task(reply: str) -> None:
    assert evolved_task(reply) is None


@pytest.mark.parametrize("reply", ["<instruction>\n</instruction>\n<input>\nx\n</input>", "<input>\nx\n</input>"])
def test_an_input_without_an_instruction_is_no_task(reply: str) -> None:
    assert evolved_task(reply) is None


@pytest.mark.parametrize(
    "said, verdict",
    [
        ("Equal", True),
        ("**Equal**", True),
        ("equal.", True),
        ("Verdict: Equal", True),
        ("Yes", True),
        ("Equal\n\nBoth tasks set the same constraints.", True),
        ("Equal. Though the wording is not equal.", True),
        ("Equal or Not equal: Equal", True),
        ("Not Equal", False),
        ("not equal.", False),
        ("NOT_EQUAL", False),
        ("Unequal", False),
        ("Equal? No.", False),
        ("Equal? Yes.", True),
        ("Not equal — the constraints are equal but depth is not", False),
        ("No, they differ.", False),
        ("The two tasks are not equal.", False),
        ("The two tasks aren't equal.", False),
        ("The two are not at all equal.", False),
        ("They give equal weight to both. Verdict: Not equal", False),
        ("<think>Are they equal?</think>\nNot equal", False),
        ("They are equally hard.", None),
        ("Some parts are equal, others are not equal, so it depends.", None),
        ("Hard to say.", None),
        ("", None),
    ],
)
def test_the_judges_word_is_read_or_none(said: str, verdict: bool | None) -> None:
    assert equal(said) is verdict


BITS = (
    "#Rewritten Prompt#:|#Given Prompt#|**|New Task:|Sure, here is |the rewritten prompt:|\n|\n\n|\"|'|“|”|`|```"
    "|```text\n|<instruction>|</instruction>|<input>|</input>|<noinput>|Input: |The given prompt |is already "
    "|I'm sorry, |but I can't |Note: |I added |Not equal|equal|yes|<think>|</think>|\r\n|é写|\x00|\u2028| |a b|- |(|:"
).split("|")
replies = st.one_of(st.lists(st.sampled_from(BITS), max_size=25).map("".join), st.text(max_size=60))


@given(replies)
@quick
def test_no_reply_raises_and_nothing_is_invented(reply: str) -> None:
    said, plain, task = reply.replace("\r\n", "\n"), evolved(reply), evolved_task(reply)
    assert equal(reply) in (True, False, None)
    assert plain is None or (plain and plain in said)
    assert task is None or (task[0] and all(text in said for text in task))


words = st.sampled_from("Write three lines about NASA's C++ 16. $20. 3.14 é写 **bold** `x` Input and (why)?".split())
tasks = st.lists(words, min_size=1, max_size=12).map(lambda found: "Say " + " ".join(found))
texts = st.lists(tasks, min_size=1, max_size=3).map("\n".join)


@given(texts)
@quick
def test_text_without_a_header_comes_out_unchanged(text: str) -> None:
    assert evolved(text) == text
    assert evolved_task(text) == (text, "")


@given(texts, texts)
@quick
def test_fields_come_back_as_they_were_put_in(instruction: str, said: str) -> None:
    assert evolved_task(FORM.format(instruction, said)) == (instruction, said)


def test_a_long_reply_takes_no_long_time() -> None:
    for piece in (
        "Here is a new more complex ",
        "#Rewritten ",
        "<input>\n",
        "not equal or ",
        '"',
        "(",
        "please provide ",
    ):
        reply = piece * (20_000 // len(piece))
        evolved(reply), evolved_task(reply), equal(reply)
