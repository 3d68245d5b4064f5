"""The seven half-yearly updates of phase 7: one milestone, with a text for each stretch of road.

None of them names a month: an election after a municipal merger is held in November.
"""

from __future__ import annotations

from dataclasses import dataclass

from process.rules.template.shapes import UPDATE_PER_PLEDGE, MilestoneDefinition

WEEKS_IN_HALF_A_YEAR = 26
# A council group meets every week or fortnight, so this holds at least two of its evenings.
WEEKS_EITHER_SIDE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Texts:
    title_nl: str
    title_en: str
    why_nl: str
    why_en: str
    how_nl: str
    how_en: str


_TEXTS: tuple[_Texts, ...] = (
    _Texts(
        title_nl="Top tien na een half jaar",
        title_en="Top ten after half a year",
        why_nl=(
            "Een half jaar is kort, maar mensen willen weten of er al iets gebeurt. Ook ‘we zijn "
            "bezig’ is een goed antwoord, als je erbij zegt waarmee."
        ),
        why_en=(
            "Half a year is short, but people want to know whether anything is happening. ‘We are "
            "working on it’ is a good answer too, if you say at what."
        ),
        how_nl=(
            "Schrijf per voorstel drie regels: wat is er gedaan, wat komt er nu, wie werkt eraan. "
            "Kijk meteen wat er geld nodig heeft in de volgende begroting."
        ),
        how_en=(
            "Write three lines on each proposal: what was done, what comes next, who works on it. "
            "Check at once what needs money in the next budget."
        ),
    ),
    _Texts(
        title_nl="Top tien na één jaar",
        title_en="Top ten after one year",
        why_nl=(
            "Een jaar onderweg, en vast al iets om te vieren. Als je goed nieuws deelt, krijg je "
            "ook makkelijker hulp bij wat nog niet lukt."
        ),
        why_en=(
            "A year on the road, and surely something to celebrate already. Share good news, and "
            "you get help more easily with what does not work yet."
        ),
        how_nl=(
            "Vertel het op een ledenvergadering, met een foto bij wat af is. Zet bij elk bericht "
            "een bewijs, zoals een raadsbesluit of een stuk uit de krant."
        ),
        how_en=(
            "Tell it at a members’ meeting, with a photo of what is finished. Add evidence to "
            "each update, such as a council decision or a piece from the paper."
        ),
    ),
    _Texts(
        title_nl="Top tien na anderhalf jaar",
        title_en="Top ten after a year and a half",
        why_nl=(
            "In anderhalf jaar wisselt er weleens iemand in de fractie. Kijk of elk voorstel nog "
            "een trekker heeft, dan blijft er niets liggen."
        ),
        why_en=(
            "In a year and a half, faces in the council group change now and then. Check that "
            "somebody still leads each proposal, and nothing is left lying."
        ),
        how_nl=(
            "Loop de tien namen langs en draag over waar dat nodig is, met een kop koffie erbij. "
            "Staat een voorstel stil? Vraag raad bij een buurafdeling of bij onze mensen in de "
            "provincie."
        ),
        how_en=(
            "Go through the ten names and hand over where needed, over a cup of coffee. Is a "
            "proposal stuck? Ask a neighbouring branch or our people in the province for advice."
        ),
    ),
    _Texts(
        title_nl="Top tien na twee jaar",
        title_en="Top ten after two years",
        why_nl=(
            "Na twee jaar weet je wat vanzelf gaat en wat een duw nodig heeft. Dit bericht is "
            "meteen het begin van de tussenbalans."
        ),
        why_en=(
            "After two years you know what runs by itself and what needs a push. This update is "
            "also the start of the half-way review."
        ),
        how_nl=(
            "Doe dit bericht en de tussenbalans in één keer, dat scheelt een avond. Zeg bij elk "
            "voorstel eerlijk of je de eindstreep nog haalt."
        ),
        how_en=(
            "Do this update and the half-way review in one go, which saves an evening. Say "
            "honestly of each proposal whether you will still make the finish."
        ),
    ),
    _Texts(
        title_nl="Top tien na tweeënhalf jaar",
        title_en="Top ten after two and a half years",
        why_nl=(
            "Wat nu nog niet begonnen is, moet snel beginnen om op tijd af te zijn. Met dit "
            "bericht zie je precies om welke voorstellen het gaat."
        ),
        why_en=(
            "What has not begun by now must begin soon to be finished in time. This update shows "
            "you exactly which proposals those are."
        ),
        how_nl=(
            "Kijk bij elk voorstel dat stilstaat wat er mist: geld, een meerderheid of gewoon "
            "tijd. Spreek één volgende stap af, met een naam en een datum."
        ),
        how_en=(
            "Look at what each stuck proposal lacks: money, a majority or simply time. Agree one "
            "next step, with a name and a date."
        ),
    ),
    _Texts(
        title_nl="Top tien na drie jaar",
        title_en="Top ten after three years",
        why_nl=(
            "Drie jaar werk op een rij, en dat is meer dan je denkt. Dit bericht hoort bij de "
            "eindbalans, want daarna begint het volgende programma."
        ),
        why_en=(
            "Three years of work in one list, and it is more than you think. This update belongs "
            "to the final account, because after that the next programme begins."
        ),
        how_nl=(
            "Leg alle berichten naast elkaar en vraag elke trekker waar die trots op is. Zoek "
            "meteen het bewijs op dat nog mist."
        ),
        how_en=(
            "Put all updates side by side and ask each person in the lead what makes them proud. "
            "Find the evidence that is still missing at the same time."
        ),
    ),
    _Texts(
        title_nl="Top tien na drieënhalf jaar",
        title_en="Top ten after three and a half years",
        why_nl=(
            "De volgende verkiezingen komen in zicht, en de top tien loopt gewoon door. Wat je nu "
            "nog afmaakt, is je mooiste verhaal in de campagne."
        ),
        why_en=(
            "The next election comes into sight, and the top ten simply goes on. What you finish "
            "now is your best story in the campaign."
        ),
        how_nl=(
            "Werk de tien berichten bij en maak er één blad van voor de campagne. Is iets niet af? "
            "Vertel dan hoe het verdergaat in het nieuwe programma."
        ),
        how_en=(
            "Bring the ten updates up to date and make one sheet of them for the campaign. Is "
            "something not finished? Then tell how it goes on in the new programme."
        ),
    ),
)


def _half_year(number: int, texts: _Texts, /) -> MilestoneDefinition:
    week = number * WEEKS_IN_HALF_A_YEAR
    return MilestoneDefinition(
        key=f"half_year_{number}",
        phase=7,
        title_nl=texts.title_nl,
        title_en=texts.title_en,
        why_nl=texts.why_nl,
        why_en=texts.why_en,
        how_nl=texts.how_nl,
        how_en=texts.how_en,
        owner_role="council_group",
        requirements=("R59",),
        parts=(UPDATE_PER_PLEDGE,),
        start_week=week - WEEKS_EITHER_SIDE,
        end_week=week + WEEKS_EITHER_SIDE,
        target_week=week,
    )


# In order; the weeks count from polling day (R59).
HALF_YEARS: tuple[MilestoneDefinition, ...] = tuple(
    _half_year(number, texts) for number, texts in enumerate(_TEXTS, start=1)
)
