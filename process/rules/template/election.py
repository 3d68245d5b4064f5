"""Phase 6: the days of the law. They come from the statutory timetable, so they have no weeks."""

from __future__ import annotations

from process.rules.template.shapes import MilestoneDefinition

ELECTION: tuple[MilestoneDefinition, ...] = (
    MilestoneDefinition(
        key="name_registration",
        phase=6,
        title_nl="Laatste dag om de partijnaam aan te melden",
        title_en="Last day to register the party’s name",
        why_nl=(
            "Alleen een geregistreerde naam komt boven jullie lijst op het stembiljet. Kom je na "
            "deze dag, dan telt je aanvraag niet meer mee voor deze verkiezing."
        ),
        why_en=(
            "Only a registered name appears above your list on the ballot paper. A request after "
            "this day no longer counts for this election."
        ),
        how_nl=(
            "Vraag bij het landelijk bureau na of jullie naam al geregeld is. Doe dat ruim van "
            "tevoren, vooral als je samen met een andere partij één lijst maakt."
        ),
        how_en=(
            "Ask the national office whether your name is already taken care of. Do so well ahead, "
            "above all when you make one list together with another party."
        ),
        owner_role="board",
        statutory_key="name_registration",
    ),
    MilestoneDefinition(
        key="nomination",
        phase=6,
        title_nl="Kandidaatstelling: lijst ingeleverd",
        title_en="Nomination: list handed in",
        why_nl=(
            "Dit is de ene dag waarop je de lijst officieel inlevert. Mist er een formulier, dan "
            "heb je maar een paar dagen om dat te herstellen."
        ),
        why_en=(
            "This is the one day on which you officially hand in the list. If a form is missing, "
            "you have only a few days to put it right."
        ),
        how_nl=(
            "Vraag de gemeente om je papieren vooraf na te kijken. Ga die dag in de ochtend, dan "
            "heb je nog tijd als er iets ontbreekt."
        ),
        how_en=(
            "Ask the municipality to look through your papers beforehand. Go in the morning, so "
            "that there is still time if something is missing."
        ),
        owner_role="board",
        statutory_key="nomination",
    ),
    MilestoneDefinition(
        key="polling_day",
        phase=6,
        title_nl="Verkiezingsdag",
        title_en="Polling day",
        why_nl=(
            "Vandaag kiezen mensen, en jullie programma is de reden om op jullie te stemmen. Alles "
            "wat je samen hebt gedaan, komt hier bij elkaar."
        ),
        why_en=(
            "Today people choose, and your programme is their reason to vote for you. Everything "
            "you did together comes together here."
        ),
        how_nl=(
            "Deel de top tien nog één keer, op straat en online. Bedank ’s avonds iedereen die "
            "heeft geholpen, wat de uitslag ook is."
        ),
        how_en=(
            "Share the top ten once more, in the street and online. Thank everybody who helped "
            "that evening, whatever the result."
        ),
        owner_role="board",
        statutory_key="polling_day",
    ),
    MilestoneDefinition(
        key="result",
        phase=6,
        title_nl="Officiële uitslag",
        title_en="Official result",
        why_nl=(
            "Nu staat vast hoeveel zetels je hebt en wie er de raad in gaat. Daarmee weet je ook "
            "wie er vanuit de raad aan de top tien werkt."
        ),
        why_en=(
            "Now it is certain how many seats you have and who joins the council. That also tells "
            "you who will work on the top ten from inside it."
        ),
        how_nl=(
            "Leg de namen bij de top tien naast de uitslag. Is iemand niet gekozen? Spreek dan af "
            "wie het overneemt, of hoe diegene van buiten de raad blijft helpen."
        ),
        how_en=(
            "Hold the names of the top ten against the result. Was somebody not elected? Then "
            "agree who takes over, or how they go on helping from outside the council."
        ),
        owner_role="board",
        statutory_key="result",
    ),
    MilestoneDefinition(
        key="new_council",
        phase=6,
        title_nl="De nieuwe raad begint",
        title_en="The new council takes office",
        why_nl=(
            "Vanaf vandaag kan de nieuwe fractie echt aan de slag met wat jullie hebben beloofd. "
            "Wie vertrekt, neemt veel kennis mee, dus draag die nu over."
        ),
        why_en=(
            "From today the new council group can really start on what you promised. Those who "
            "leave know a lot, so hand that knowledge over now."
        ),
        how_nl=(
            "Plan een middag waarop oude en nieuwe raadsleden samen de top tien doornemen. Geef "
            "nieuwe fractieleden meteen toegang tot Rode Draad en wijs ze op de cursussen van de "
            "partij."
        ),
        how_en=(
            "Plan an afternoon on which old and new councillors go through the top ten together. "
            "Give new members of the group access to Rode Draad right away, and point them to "
            "the party’s courses."
        ),
        owner_role="board",
        statutory_key="new_council",
    ),
)
