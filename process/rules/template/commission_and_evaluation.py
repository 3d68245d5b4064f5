"""Phases 1 and 2: the commission, and what came of the previous promises."""

from __future__ import annotations

from process.rules.template.shapes import (
    CONVENING_NOTICE,
    MilestoneDefinition,
    PartDefinition,
    numbers,
)

COMMISSION_AND_EVALUATION: tuple[MilestoneDefinition, ...] = (
    MilestoneDefinition(
        key="people_approached",
        phase=1,
        title_nl="Mensen gevraagd, binnen en buiten de partij",
        title_en="People asked, inside and outside the party",
        why_nl=(
            "De beste ideeën zitten vaak bij mensen die zichzelf niet melden: jong en oud, lid of "
            "geen lid. Als je ze nu persoonlijk vraagt, denken ze vanaf het begin mee."
        ),
        why_en=(
            "The best ideas often come from people who never put themselves forward: young and "
            "old, member or not. Ask them in person now, and they think along from the start."
        ),
        how_nl=(
            "Maak samen een lijst en schrijf bij elke naam waarom: de een weet veel, de ander "
            "verrast je, een derde houdt je met beide benen op de grond. Laat bestuur en fractie "
            "allebei namen noemen, en vergeet niet wie goed kan schrijven. Spreek per persoon af "
            "wie er belt."
        ),
        how_en=(
            "Make a list together and write a reason next to each name: one knows a lot, another "
            "surprises you, a third keeps your feet on the ground. Let both the board and the "
            "council group suggest names, and think of somebody who writes well. Agree who calls "
            "whom."
        ),
        owner_role="board",
        requirements=("R7", *numbers(10, 14)),
        parts=(
            PartDefinition(
                "people_list",
                "Een lijst met namen, en per persoon waarom je die vraagt",
                "A list of names, with the reason for asking each person",
            ),
            PartDefinition(
                "mix_view",
                "Samen gekeken naar de mix: kennis, verrassing en realisme",
                "A look at the mix together: knowledge, surprise and realism",
            ),
        ),
        start_week=-64,
        end_week=-57,
        target_week=-58,
    ),
    MilestoneDefinition(
        key="committee_and_commission",
        phase=1,
        title_nl="Commissie benoemd en opdracht vastgesteld",
        title_en="Committee appointed and commission set",
        why_nl=(
            "Nog geen commissie? Dan kan niemand namens de afdeling beginnen, want de leden "
            "bepalen wie het programma schrijft en met welke opdracht."
        ),
        why_en=(
            "No committee yet? Then nobody can start on behalf of the branch, because the members "
            "decide who writes the programme and what they ask of them."
        ),
        how_nl=(
            "Zet de benoeming en de opdracht op dezelfde agenda, dan regel je het in één avond. "
            "Houd de opdracht kort: hoe lang wordt het programma, wie praat er mee, wanneer is "
            "het klaar? Kijk ook of er genoeg verschillende mensen in de commissie zitten."
        ),
        how_en=(
            "Put the appointment and the commission on one agenda, and you settle both in one "
            "evening. Keep the commission short: how long will the programme be, who has a say, "
            "when is it done? Check too that the committee brings different kinds of people "
            "together."
        ),
        owner_role="board",
        requirements=("R8", "R9"),
        parts=(
            CONVENING_NOTICE,
            PartDefinition(
                "committee_appointed",
                "Het besluit van de ALV: wie er in de commissie zitten",
                "The decision of the members’ meeting: who is on the committee",
                "appoint_committee",
            ),
            PartDefinition(
                "commission_set",
                "Het besluit van de ALV: wat de opdracht is",
                "The decision of the members’ meeting: what the commission is",
                "set_commission",
            ),
            PartDefinition(
                "commission_text",
                "De tekst van de opdracht, zodat iedereen die kan teruglezen",
                "The text of the commission, for everybody to read again later",
            ),
        ),
        start_week=-58,
        end_week=-50,
        # Clear of the February holidays, and with three weeks to spare for a second date.
        target_week=-53,
    ),
    MilestoneDefinition(
        key="previous_loaded",
        phase=2,
        title_nl="Vorig programma ingelezen en verdeeld",
        title_en="Previous programme loaded and shared out",
        why_nl=(
            "Wat je de vorige keer hebt beloofd, is het begin van je nieuwe programma. Verdeel je "
            "het over de hele fractie, dan is het voor iedereen maar een paar uur werk."
        ),
        why_en=(
            "What you promised last time is where your new programme begins. Share it out over "
            "the whole council group, and it is only a few hours’ work for each of you."
        ),
        how_nl=(
            "Geef ieder fractielid de hoofdstukken waar die het meeste van weet. Zit iemand niet "
            "meer in de raad? Vraag of die toch een avond wil meekijken."
        ),
        how_en=(
            "Give each councillor the chapters they know most about. Has somebody left the "
            "council? Ask whether they would still give you one evening."
        ),
        owner_role="council_group",
        requirements=("R38",),
        parts=(
            PartDefinition(
                "programme_with_measures",
                "Het vorige programma, met alle voorstellen los op een rij",
                "The previous programme, with every measure on a line of its own",
            ),
        ),
        start_week=-54,
        end_week=-48,
        target_week=-50,
    ),
    MilestoneDefinition(
        key="promises_assessed",
        phase=2,
        title_nl="Elke belofte heeft een oordeel",
        title_en="Every promise has a verdict",
        why_nl=(
            "Wie eerlijk laat zien wat er gelukt is, mag de kiezer ook weer iets nieuws beloven. "
            "En niet gelukt is geen schande, zolang je maar weet waarom."
        ),
        why_en=(
            "If you show honestly what worked, you can ask voters to trust your next promise. "
            "And a promise that did not work out is no disgrace, as long as you know why."
        ),
        how_nl=(
            "Prik één avond met de hele fractie en loop de lijst samen door, met iets lekkers "
            "erbij. Zet bij alles wat gelukt is een link of een raadsbesluit, dan ligt je bewijs "
            "klaar. Zijn jullie het niet eens, laat dan beide oordelen staan en praat erover."
        ),
        how_en=(
            "Pick one evening with the whole council group and go through the list together, "
            "with something nice to eat. Add a link or a council decision to everything that "
            "worked, and your evidence is ready. If you disagree, leave both verdicts in place "
            "and talk about it."
        ),
        owner_role="council_group",
        requirements=("R39",),
        parts=(
            PartDefinition(
                "all_verdicts",
                "Een oordeel bij elke belofte",
                "A verdict on every promise",
            ),
            PartDefinition(
                "evidence",
                "Bewijs bij alles wat gerealiseerd is",
                "Evidence for everything that was delivered",
            ),
        ),
        start_week=-50,
        end_week=-42,
        target_week=-43,
    ),
    MilestoneDefinition(
        key="carry_over_decided",
        phase=2,
        title_nl="Besloten wat meegaat, evaluatie besproken",
        title_en="Carry-over decided, evaluation presented",
        why_nl=(
            "Wat niet gelukt is, mag niet stilletjes verdwijnen. Neem het mee naar het nieuwe "
            "programma, of vertel waarom je het laat vallen."
        ),
        why_en=(
            "What did not work out should not quietly disappear. Take it along to the new "
            "programme, or say why you drop it."
        ),
        how_nl=(
            "Stel bij elke belofte twee vragen: was het een goed idee, en speelt het nog? Twee "
            "keer ja, dan gaat de tekst mee naar het nieuwe programma. Vertel de leden daarna in "
            "een kwartier wat er gelukt is en wat nog niet."
        ),
        how_en=(
            "Ask two questions about each promise: was it a good idea, and does it still matter? "
            "Twice yes, and the text goes along to the new programme. Then tell the members in a "
            "quarter of an hour what worked and what has not yet."
        ),
        owner_role="council_group",
        second_role="board",
        requirements=("R40", "R41"),
        parts=(
            PartDefinition(
                "no_open_carry_over",
                "Bij elke belofte die nog niet klaar is: meenemen, of laten vallen met een reden",
                "For every unfinished promise: carried over, or dropped with a reason",
            ),
        ),
        start_week=-42,
        end_week=-38,
        target_week=-39,
    ),
)
