"""Phase 7: the promises are kept, or it is told why not, until the next cycle begins.

In order of their weeks: the final account comes with the sixth half-yearly update, and opens the
next cycle while the pledges run on.
"""

from __future__ import annotations

from process.rules.template.half_years import HALF_YEARS
from process.rules.template.shapes import (
    UPDATE_PER_PLEDGE,
    MilestoneDefinition,
    PartDefinition,
)

DELIVERY: tuple[MilestoneDefinition, ...] = (
    MilestoneDefinition(
        key="negotiation_sheet",
        phase=7,
        title_nl="Onderhandelblad gebruikt",
        title_en="Negotiation sheet used",
        why_nl=(
            "Na de verkiezingen gaat het snel, en dan wil je op één blad zien wat voor jullie het "
            "zwaarst weegt. De leden hebben er ja tegen gezegd, dus je staat sterk."
        ),
        why_en=(
            "After the election things move fast, and you want to see on one sheet what matters "
            "most to you. The members said yes to it, so it gives you a strong hand."
        ),
        how_nl=(
            "Zet bij elk voorstel of het op tafel komt en hoe belangrijk het is. Neem het blad mee "
            "naar elk gesprek en schrijf op wat je afspreekt. Ook in de oppositie is het handig: "
            "je ziet waar je steun voor zoekt."
        ),
        how_en=(
            "Note for each measure whether it goes on the table and how important it is. Take the "
            "sheet to every talk and write down what you agree. It helps in opposition too: you "
            "see what you need support for."
        ),
        owner_role="council_group",
        requirements=("R3",),
        start_week=0,
        end_week=12,
        target_week=2,
    ),
    MilestoneDefinition(
        key="top_ten_under_way",
        phase=7,
        title_nl="Top tien van start",
        title_en="Top ten under way",
        why_nl=(
            "Je hebt afgesproken om meteen te beginnen, en nu kun je dat laten zien. Een eerste "
            "stap houdt de vaart erin, hoe klein die ook is."
        ),
        why_en=(
            "You agreed to start right away, and now you can show it. A first step keeps things "
            "moving, however small it is."
        ),
        how_nl=(
            "Vraag elke trekker om één kort bericht: wat is je eerste stap, en wie heb je nodig? "
            "Een vraag in de raad of een bezoek aan de buurt telt ook."
        ),
        how_en=(
            "Ask each person in the lead for one short update: what is your first step, and whom "
            "do you need? A question in the council or a visit to the neighbourhood counts too."
        ),
        owner_role="council_group",
        requirements=("R59",),
        parts=(
            PartDefinition(
                "first_update",
                "Een eerste bericht bij elk van de tien",
                "A first update on each of the ten",
            ),
        ),
        start_week=1,
        end_week=4,
        target_week=2,
    ),
    MilestoneDefinition(
        key="first_hundred_days",
        phase=7,
        title_nl="De eerste honderd dagen",
        title_en="The first hundred days",
        why_nl=(
            "Na honderd dagen is de drukte van het begin voorbij en merk je wat er blijft liggen. "
            "Een kort bericht per voorstel laat zien dat jullie je aan de afspraak houden."
        ),
        why_en=(
            "After a hundred days the rush of the start is over and you notice what has been left "
            "lying. A short update on each proposal shows that you keep your word."
        ),
        how_nl=(
            "Zet alle tien op één avond naast elkaar: wat loopt, wat staat stil, wie heeft hulp "
            "nodig? Vertel het ook aan de mensen van wie het idee kwam."
        ),
        how_en=(
            "Put all ten side by side on one evening: what is moving, what is stuck, who needs a "
            "hand? Tell the people who came up with the idea as well."
        ),
        owner_role="council_group",
        requirements=("R59",),
        parts=(UPDATE_PER_PLEDGE,),
        start_week=12,
        end_week=16,
        target_week=14,
    ),
    *HALF_YEARS[:4],
    MilestoneDefinition(
        key="half_way_review",
        phase=7,
        title_nl="Tussenbalans halverwege",
        title_en="Half-way review",
        why_nl=(
            "Halverwege kun je nog bijsturen, straks niet meer. Bekijk daarom nu samen wat goed "
            "gaat, wat vastzit en waar je je tijd in steekt."
        ),
        why_en=(
            "Half-way you can still change course, later you cannot. So look together now at what "
            "goes well, what is stuck and where you put your time."
        ),
        how_nl=(
            "Zet bestuur en fractie een avond bij elkaar en kies hooguit drie voorstellen voor "
            "extra aandacht. Schrijf op wat je hebt geleerd, want daar begint de volgende "
            "programmacommissie graag mee."
        ),
        how_en=(
            "Bring board and council group together for an evening and choose at most three "
            "proposals for extra attention. Write down what you learned: the next programme "
            "committee will be glad of it."
        ),
        owner_role="council_group",
        second_role="board",
        start_week=102,
        end_week=106,
        target_week=104,
    ),
    *HALF_YEARS[4:6],
    MilestoneDefinition(
        key="final_account",
        phase=7,
        title_nl="Eindbalans: dit is ervan gekomen",
        title_en="Final account: what came of it",
        why_nl=(
            "Je vertelt eerlijk wat er van elke belofte is geworden, en waarom. Daarmee begint het "
            "volgende programma, en is de draad weer rond."
        ),
        why_en=(
            "You tell honestly what became of every promise, and why. The next programme starts "
            "from there, and the thread comes full circle."
        ),
        how_nl=(
            "Geef samen met de hele fractie een eindoordeel aan de tien en aan alle andere "
            "voorstellen uit het programma. Zet de reden bij wat niet lukte, dan weet de volgende "
            "commissie of ze het moet meenemen."
        ),
        how_en=(
            "Give a final verdict on the ten and on all other measures of the programme, together "
            "with the whole council group. Add the reason to what did not work out, so that the "
            "next committee knows whether to carry it over."
        ),
        owner_role="council_group",
        requirements=("R38",),
        parts=(
            PartDefinition(
                "final_verdict_pledges",
                "Een eindoordeel bij elk van de tien",
                "A final verdict on each of the ten",
            ),
            PartDefinition(
                "final_verdict_measures",
                "Een eindoordeel bij elk ander voorstel uit het programma",
                "A final verdict on every other measure of the programme",
            ),
        ),
        start_week=146,
        end_week=156,
        # With the sixth half-yearly update: the same council group, the same evening.
        target_week=156,
    ),
    *HALF_YEARS[6:],
)
