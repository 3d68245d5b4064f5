"""Phase 5: the members adopt the programme, and after that the list of candidates."""

from __future__ import annotations

from process.rules.template.shapes import (
    CONVENING_NOTICE,
    MilestoneDefinition,
    PartDefinition,
)

ADOPTION: tuple[MilestoneDefinition, ...] = (
    MilestoneDefinition(
        key="programme_adopted",
        phase=5,
        title_nl="Programma vastgesteld door de leden",
        title_en="Programme adopted by the members",
        why_nl=(
            "Met dit besluit wordt het programma van de hele afdeling. Vanaf nu staat de tekst "
            "vast en kan iedereen ermee op pad."
        ),
        why_en=(
            "This decision makes the programme everybody’s in the branch. From now on the text is "
            "final, and all of you can take it out into the streets."
        ),
        how_nl=(
            "Stuur de uitnodiging ruim op tijd, met het concept en de adviezen erbij. Noteer de "
            "stemmen en zet de tekst van die avond vast, met datum en naam eronder. En proost "
            "daarna met iedereen die meedacht."
        ),
        how_en=(
            "Send the notice in good time, with the draft and the advice. Note the votes and "
            "freeze the text of that evening, with a date and a name under it. Then raise a glass "
            "with everybody who thought along."
        ),
        owner_role="board",
        requirements=("R15",),
        parts=(
            CONVENING_NOTICE,
            PartDefinition(
                "adoption_decided",
                "Het besluit van de ALV, met de stemmen",
                "The decision of the members’ meeting, with the votes",
                "adopt_programme",
            ),
            PartDefinition(
                "frozen_version",
                "De vastgestelde tekst, die niet meer verandert",
                "The adopted text, which no longer changes",
            ),
        ),
        start_week=-25,
        end_week=-13,
        target_week=-19,
    ),
    MilestoneDefinition(
        key="top_ten_agreed",
        phase=5,
        title_nl="Tienpuntenversie en top tien afgesproken",
        title_en="Ten-point version and top ten agreed",
        why_nl=(
            "Bijna niemand onthoudt een heel programma, maar tien goede voorstellen wel. Spreek "
            "nu af wie aan welk voorstel trekt, dan kun je na de verkiezingen meteen beginnen."
        ),
        why_en=(
            "Hardly anybody remembers a whole programme, but ten good proposals stick. Agree now "
            "who takes the lead on each, and you can start right after the election."
        ),
        how_nl=(
            "Kies er precies tien uit het vastgestelde programma: concreet, leuk om te vertellen "
            "en af te krijgen vóór de volgende verkiezingen. Zet bij elk voorstel één naam. Stem "
            "erover op dezelfde avond als over de kandidatenlijst, dat scheelt een vergadering."
        ),
        how_en=(
            "Choose exactly ten from the adopted programme: concrete, fun to talk about, and "
            "possible to finish before the next election. Put one name next to each. Vote "
            "on them on the same evening as the candidate list, which saves you a meeting."
        ),
        owner_role="committee",
        second_role="council_group",
        requirements=("R46", "R58", "R59"),
        parts=(
            CONVENING_NOTICE,
            PartDefinition(
                "exactly_ten",
                "Precies tien voorstellen uit het vastgestelde programma",
                "Exactly ten measures from the adopted programme",
            ),
            PartDefinition(
                "owner_each",
                "Bij elk voorstel één trekker",
                "One person in the lead for each",
            ),
            PartDefinition(
                "top_ten_decided",
                "Het besluit van de ALV over de tien",
                "The decision of the members’ meeting on the ten",
                "agree_top_ten",
            ),
        ),
        start_week=-20,
        end_week=-12,
        # The same week as the candidate list: one evening for both.
        target_week=-15,
    ),
    MilestoneDefinition(
        key="candidate_list_set",
        phase=5,
        title_nl="Kandidatenlijst vastgesteld",
        title_en="Candidate list set",
        why_nl=(
            "Eerst het programma, dan de lijst: zo weet elke kandidaat waar die voor gaat staan. "
            "Deze volgorde ligt vast, dus plan de lijst nooit eerder dan het programma."
        ),
        why_en=(
            "First the programme, then the list: that way every candidate knows what they stand "
            "for. This order is fixed, so never plan the list before the programme."
        ),
        how_nl=(
            "Vraag elke kandidaat om vooraf het vastgestelde programma te lezen. Toch maar één "
            "avond? Zet het programma dan als eerste op de agenda, en leg het besluit met de "
            "stemmen meteen vast."
        ),
        how_en=(
            "Ask every candidate to read the adopted programme beforehand. Only one evening after "
            "all? Then put the programme first on the agenda, and record the decision with the "
            "votes right away."
        ),
        owner_role="board",
        requirements=("R16",),
        parts=(
            CONVENING_NOTICE,
            PartDefinition(
                "list_decided",
                "Het besluit van de ALV over de kandidatenlijst",
                "The decision of the members’ meeting on the candidate list",
                "set_candidate_list",
            ),
        ),
        start_week=-19,
        end_week=-11,
        target_week=-15,
    ),
    MilestoneDefinition(
        key="candidates_endorse",
        phase=5,
        title_nl="Kandidaten staan achter het programma",
        title_en="Candidates stand behind the programme",
        why_nl=(
            "Straks vertellen al je kandidaten aan de deur hetzelfde verhaal. Dat lukt als "
            "iedereen het programma heeft gelezen en er van harte ja tegen zegt."
        ),
        why_en=(
            "Soon all your candidates will tell the same story on the doorstep. That works when "
            "each of them has read the programme and gladly says yes to it."
        ),
        how_nl=(
            "Vraag elke kandidaat om een korte steunverklaring bij de vastgestelde versie. Nog "
            "geen antwoord? Bel even, want een twijfel bespreek je beter nu dan in de campagne."
        ),
        how_en=(
            "Ask every candidate for a short statement of support for the adopted version. No "
            "answer yet? Give them a ring, because a doubt is better talked over now than during "
            "the campaign."
        ),
        owner_role="board",
        requirements=("R17",),
        parts=(
            PartDefinition(
                "endorsements",
                "Een steunverklaring van elke kandidaat",
                "A statement of support from every candidate",
            ),
        ),
        start_week=-16,
        end_week=-8,
        # Before the Christmas holidays rather than in them.
        target_week=-13,
    ),
)
