"""Phases 3 and 4: what people bring in, and the draft that is made of it."""

from __future__ import annotations

from process.rules.template.shapes import MilestoneDefinition, PartDefinition, numbers

INPUT_AND_DRAFT: tuple[MilestoneDefinition, ...] = (
    MilestoneDefinition(
        key="themes_and_channels",
        phase=3,
        title_nl="Thema’s en kanalen gekozen",
        title_en="Themes and channels chosen",
        why_nl=(
            "Met duidelijke thema’s weten mensen waar ze over kunnen meepraten. En ben je zowel "
            "online als in de buurt te vinden, dan hoor je meer dan alleen de vaste gezichten."
        ),
        why_en=(
            "Clear themes tell people what they can have a say in. And if they can find you both "
            "online and around the corner, you hear from more than the usual faces."
        ),
        how_nl=(
            "Begin met de zes vaste thema’s en voeg toe wat bij jullie in de krant staat. Stel bij "
            "elk thema drie vragen: wat speelt er nu, waar kunnen wij iets veranderen, en waar "
            "krijgen mensen energie van? Open een mailadres en een formulier, en plan een avond "
            "in het buurthuis of de sportkantine."
        ),
        how_en=(
            "Start with the six fixed themes and add what fills your local paper. Ask three "
            "questions about each theme: what is going on now, where can we change something, and "
            "what gives people energy? Open a mail address and a form, and plan an evening in the "
            "community centre or the sports canteen."
        ),
        owner_role="committee",
        requirements=numbers(20, 30),
        parts=(
            PartDefinition(
                "classic_themes",
                "De zes vaste thema’s: wonen, welzijn, zorg, werk, onderwijs en duurzaamheid",
                "The six fixed themes: housing, welfare, care, work, education and sustainability",
            ),
            PartDefinition(
                "local_themes",
                "Jullie eigen lokale thema’s",
                "Your own local themes",
            ),
            PartDefinition(
                "digital_channel",
                "Een manier om online mee te doen",
                "A way to take part online",
            ),
            PartDefinition(
                "physical_channel",
                "Een manier om mee te doen waarbij je elkaar ziet",
                "A way to take part face to face",
            ),
        ),
        start_week=-48,
        end_week=-44,
        # The last week of the window: the ones before it are May holidays in most years.
        target_week=-44,
    ),
    MilestoneDefinition(
        key="input_open",
        phase=3,
        title_nl="Inbreng open voor leden en niet-leden",
        title_en="Input open to members and non-members",
        why_nl=(
            "In een programma dat je samen maakt, herkennen mensen zichzelf. En je hoort dingen "
            "die je aan de bestuurstafel nooit had bedacht."
        ),
        why_en=(
            "People recognise themselves in a programme that you make together. And you hear "
            "things that would never have come up at the board table."
        ),
        how_nl=(
            "Geef iedereen drie briefjes, met één probleem per briefje, en praat door over wat het "
            "vaakst terugkomt. Schrijf ook op wat je niet besproken hebt, dan raakt er niets weg. "
            "Wie er niet bij kon zijn, stuurt daarna gewoon een mail."
        ),
        how_en=(
            "Give everybody three notes, one problem on each, and talk about what comes back most "
            "often. Write down what you did not get to as well, so that nothing is lost. Whoever "
            "could not be there simply sends a mail afterwards."
        ),
        owner_role="committee",
        requirements=("R25", *numbers(81, 95)),
        parts=(
            PartDefinition(
                "channels_open",
                "De kanalen staan open en mensen weten ervan",
                "The channels are open and people know about them",
            ),
            PartDefinition(
                "gathering",
                "Minstens één bijeenkomst",
                "At least one gathering",
            ),
        ),
        start_week=-44,
        end_week=-32,
        # Before the summer holidays begin; the rest of the window is for who comes later.
        target_week=-37,
    ),
    MilestoneDefinition(
        key="input_closed",
        phase=3,
        title_nl="Inbreng gesloten, alles heeft een status",
        title_en="Input closed, everything has a status",
        why_nl=(
            "Wie de moeite nam om mee te denken, wil weten wat ermee gebeurt. Met een status bij "
            "elke bijdrage kun je iedereen eerlijk antwoord geven, ook als het een nee is."
        ),
        why_en=(
            "People who took the trouble to think along want to know what happens with it. With a "
            "status for every contribution you can give everybody an honest answer, even when it "
            "is a no."
        ),
        how_nl=(
            "Loop de lijst met z’n tweeën door, voeg dubbele punten samen en tel hoe vaak ze zijn "
            "genoemd. Alles is ‘ter overweging’ tot er een besluit ligt, dus beloof nog niets. "
            "Stuur iedereen een kort verslag met een bedankje."
        ),
        how_en=(
            "Go through the list in pairs, merge points that say the same, and count how often "
            "they came up. Everything is ‘for consideration’ until there is a decision, so do not "
            "promise anything yet. Send everybody a short report with a word of thanks."
        ),
        owner_role="committee",
        requirements=numbers(92, 97),
        parts=(
            PartDefinition(
                "none_untouched",
                "Elke bijdrage is bekeken en heeft een status",
                "Every contribution has been looked at and has a status",
            ),
        ),
        start_week=-32,
        end_week=-28,
        target_week=-28,
    ),
    MilestoneDefinition(
        key="base_update_seen",
        phase=4,
        title_nl="Update van het basisprogramma verwerkt",
        title_en="Update of the base programme worked in",
        why_nl=(
            "Nieuwe afspraken in Den Haag kunnen het landelijke basisprogramma veranderen. Dan "
            "klopt wat je daaruit overnam misschien niet meer."
        ),
        why_en=(
            "New agreements in The Hague can change the national base programme. What you took "
            "from it may then no longer be right."
        ),
        how_nl=(
            "Kijk per overgenomen voorstel: is het veranderd, nieuw of vervallen? Laat één lezer "
            "de oude, de nieuwe en jullie eigen tekst naast elkaar leggen. Is er geen update, "
            "dan ben je hier snel klaar."
        ),
        how_en=(
            "Check each measure you copied: has it changed, is it new, or has it lapsed? Let one "
            "reader put the old text, the new text and your own side by side. If there is no "
            "update, this is quickly done."
        ),
        owner_role="committee",
        requirements=("R72",),
        parts=(
            PartDefinition(
                "update_seen",
                "De laatste versie van het basisprogramma is bekeken",
                "The latest version of the base programme has been read",
            ),
        ),
        start_week=-40,
        end_week=-27,
        target_week=-28,
    ),
    MilestoneDefinition(
        key="dilemmas_answered",
        phase=4,
        title_nl="Moeilijke keuzes op een rij en beantwoord",
        title_en="Hard choices listed and answered",
        why_nl=(
            "Een nieuw fietspad of een groter dorpshuis: alles tegelijk kan niet. Kies je nu en "
            "leg je uit waarom, dan sta je straks sterker in elk gesprek aan de deur."
        ),
        why_en=(
            "A new cycle path or a bigger village hall: you cannot have everything at once. "
            "Choose now and explain why, and you stand stronger in every doorstep talk later."
        ),
        how_nl=(
            "Schrijf elke keuze op als één vraag, met de mogelijkheden erbij en wat die kosten. "
            "Leg de lastigste voor aan bestuur en fractie. Zet bij elk antwoord ook de reden, want "
            "daar vragen mensen naar."
        ),
        how_en=(
            "Write each choice down as one question, with the options and what they cost. Take "
            "the hardest ones to the board and the council group. Add the reason to every answer, "
            "because that is what people ask about."
        ),
        owner_role="committee",
        second_role="board",
        requirements=("R36",),
        parts=(
            PartDefinition(
                "no_open_dilemma",
                "Een antwoord op elke moeilijke keuze",
                "An answer to every hard choice",
            ),
        ),
        start_week=-32,
        end_week=-27,
        target_week=-27,
    ),
    MilestoneDefinition(
        key="draft_sent",
        phase=4,
        title_nl="Concept naar de leden gestuurd",
        title_en="Draft sent to the members",
        why_nl=(
            "Leden kunnen pas goed meebeslissen als ze op tijd lezen wat er staat. Een helder "
            "concept scheelt je bovendien een stapel wijzigingen."
        ),
        why_en=(
            "Members can only decide well if they read the text in time. A clear draft also saves "
            "you a pile of amendments."
        ),
        how_nl=(
            "Laat bij elk hoofdstuk iemand anders meelezen. Noem clubs en plekken bij hun naam, "
            "schrijf Zwollenaren of Tilburgers in plaats van inwoners, en zeg wie wat gaat doen. "
            "Vul eerst elke lege plek in en maak elke keuze die nog openstaat."
        ),
        how_en=(
            "Ask a second reader for every chapter. Call clubs and places by their names, write "
            "the name your townspeople go by instead of ‘residents’, and say who will do what. "
            "Fill in every blank first, and make every choice that is still open."
        ),
        owner_role="committee",
        requirements=("R19", *numbers(31, 35), *numbers(45, 51)),
        parts=(
            PartDefinition(
                "draft_version",
                "Een versie van het concept die iedereen kan lezen",
                "A version of the draft that everybody can read",
            ),
            PartDefinition(
                "checks_clean",
                "De tekst is nagelopen: niets staat meer open of spreekt elkaar tegen",
                "The text has been checked: nothing is left open or contradicts itself",
            ),
        ),
        start_week=-27,
        end_week=-24,
        target_week=-25,
    ),
    MilestoneDefinition(
        key="amendments_closed",
        phase=4,
        title_nl="Wijzigingsvoorstellen binnen, met advies",
        title_en="Amendments in, each with advice",
        why_nl=(
            "Met een advies bij elk wijzigingsvoorstel weten leden waar ze voor of tegen stemmen. "
            "Zo blijft er op de avond zelf tijd over voor een goed gesprek."
        ),
        why_en=(
            "With advice on every amendment, members know what they vote for or against. That "
            "leaves time for a good talk on the evening itself."
        ),
        how_nl=(
            "Noem één sluitingsdatum en houd je daaraan. Commissie en bestuur schrijven bij elke "
            "wijziging één zin: helemaal, deels of niet overnemen, en waarom. Kijk ook of de rest "
            "van het programma dan nog klopt."
        ),
        how_en=(
            "Name one closing date and keep to it. Committee and board write one sentence on each "
            "amendment: take it up in full, in part or not, and why. Check as well that the rest "
            "of the programme still fits."
        ),
        owner_role="committee",
        second_role="board",
        requirements=("R45",),
        parts=(
            PartDefinition(
                "pre_advice",
                "Een advies bij elk wijzigingsvoorstel",
                "Advice on every amendment",
            ),
        ),
        start_week=-23,
        end_week=-20,
        # Two weeks before adoption, so that the advice goes along with the papers.
        target_week=-21,
    ),
)
