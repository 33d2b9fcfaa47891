"""How preconditions, penalties and sensitive criteria are worded, in French and in English (read with `phrases`)."""

from __future__ import annotations

import re

from chezsoi.engines.matching.phrases import any_of

_LISTS = {
    "DEMAND": "must|requires?|required|mandatory|compulsory|exige*|doit|doivent|devra|devront|obligatoires?",
    "NO": "no|without|sans|aucune?|zero|pas de|pas d|free of|absence de|absence d|absence of",
    "NEVER": "no|without|sans|aucune?|zero|pas|free of|absence de|absence d|absence of|never|not|jamais|non",
    "ACCEPT": "accept*|agree*|adhe*|consent*|engag*|commit*|compl(y|ies|iant|iance)|cooper*|participa*|willing*"
    "|respect*|condition of|conditional on|a condition d|a condition de|sous reserve d|sous reserve de",
    "FOLLOW": "follow*|suivre|suit|suivi*|observan*|enter*|undergo*|takes?|taking|prend*|attends?|attending|proof of"
    "|justifi*|attestation de|en cours de",
    "TREATMENT": "treatment*|traitement*|soins|therap*|medication*|medicament*|cure|detox*|rehab*|desintoxication"
    "|psychiatr*",
    "SUPPORT": "support|accompagnement*|suivi social|social worker*|travailleurs? socia*|case manage*"
    "|(service|care|support) plan|projet (social|personnalise|individuel|d insertion)|avdl|asll|program* (rules|plan)"
    "|visits?|visites",
    "SUBSTANCE": "consomm*|alcool*|drogu*|stupefiants?|alcohol*|drugs?|drinking|substances?|toxi*|addict*|intoxic*",
    "BUILT": "(home|flat|dwelling|house|room|building|lease|key|work|file|form|logement|appartement|maison|chambre"
    "|studio|immeuble|residence|bail|cle|travau|dossier|document)(s|x)?",
    "WORK": "jobs?|emploi|employment|employed|paid work|cdi|contrat de travail|salarie*|activite professionnelle"
    "|earned income",
    "SHELTER": "shelter|hebergement|chrs|chu|transitional housing|structure|foyer|stabilisation|hostel",
    "PLACE": "commune|territoire|metropole|agglomeration|ville|city|county|town|municipality|departement|area|district",
    "MEETINGS": "rendez vous|entretiens?|visites?|ateliers?|appointments?|meetings?|workshops?",
    "SINCE": "depuis|since|minimum|au moins|at least|years?|months|ans|mois",
    "COUNT": "[0-9]+|one|two|three|four|une?|deux|trois|quatre",
    "OFFERS": "offer*|offre*|refus*|proposition*|proposal*|declin*",
    "REFUSE": "refus*|declin*|turn(s|ed|ing)? down|reject*",
    "SANCTION": "penal*|sanction*|perte|perd*|retir*|retrait*|lose|loses|losing|loss|lost|minus|deduct*|malus|reduc*"
    "|redui*|delist*|radie*|radiation*|struck|strik*|suspen*|exclu*|demot*|declass*|retrograd*|downgrad*"
    "|(bas|fin|queue) de (la )?(liste|file)|(bottom|end|back) of the (list|queue|line)|last rank|dernier*"
    "|(put|placed) last"
    "|close|closes|closed|clotur*|cancel*|annul*|remov*|supprim*|ban|banned|froze*|freez*|gele?|gelee"
    "|expir*|reset*|remise? a zero"
    "|ineligib*|inactiv*|lower*|abaiss*|diminu*|barred|carence|ecarte*|no (further|more|new) (offer|proposal)s?"
    "|plus (de|d|aucune) (autre )?(proposition|offre)s?|points? (de |en )?moins|moins (de )?[0-9]+",
}

# Wordings that say the contrary of a precondition or a penalty, or speak of something else: read first, and set aside.
_INNOCENT = (
    "(no|never|not|without|sans|aucune?|pas|jamais|nor) (de )?(any )?{SANCTION}",
    "(sobriete|sobre)s? (energetique|en energie)s?",
    "(decision|refus|reponse|avis|courrier)s? motive*",
    "motivations? (de la|du|of the) (decision|refus|refusal|avis)|motivated by",
    "(traitement|treatment|processing) (de |du |des |of |la |l |the |les )*(demande|dossier|request|application)s?",
    "(besoin|souhait|demand|need|wish)* (for |of |d |de |un |une |du |l )*"
    "(suivi|accompagnement|support)( \\w+)?( \\w+)?",
    "consommations? (d |de |en )?(energ|eau|electri|gaz|chauffage)*",
    "delais? de traitement|(ill|equal|mauvais) (treatment|traitements?)|egalite de traitement",
    "appartements? de coordination therapeutique|therapeutic (flat|apartment)s?|halte soins sante",
    "victim(e|s|es)? (de|d|of)( \\w+)?( \\w+)?( \\w+)?( \\w+)?",
    "violences? (de|fondees? sur le|liees? au) genre|gender based violence|egalite (de genre|entre les sexes)",
    "perte d autonomie|regles de decence|(sortant*|sortie|leaving) (de |d une )?(cure|postcure)",
    "residences? (sociale|accueil|autonomie|etudiante)s?",
    "(perte|loss|lost|perdu) (d |de |l |of |their |son |leur |an |a )*(emploi|job|employment|travail)",
    "(reprise|retour|back|return|returning) (a |d |de |l |to |en )*(emploi|work|job|employment|travail)",
    "(recherche|demandeu*|sans|pole|bassin) (d )?emploi|job ?seek*|looking for (a job|work)|workplace",
    "(lieu|accident|domicile|france) (de |du |au )?travail|rapprochement (de |d |du |l )*(emploi|travail)",
    "(offer|offered|offers|offering|propos*) (the |un |l )?(support|accompagnement)",
    "{BUILT} ((is|are|was|were) not|isn t|aren t|wasn t|weren t) (yet |quite )?ready",
    "{BUILT} (ne |n )?(est|sont|etait|etaient) (pas|plus) (encore |tout a fait )?pret(e|s|es)?",
    "refus* (discriminatoire|abusi|illega|subi)*~",
    "refus* de (credit|visa|titre|bail|location|garantie|soins|concours)~",
    "(discriminatory|unlawful|landlord|insurance|asylum|credit|bank) refus*~",
    "refus* (par|by|du|des|from) (le |la |les |l |un |une |the |a )?(bailleur|landlord|assur|insur|banque|bank)*~",
)

# A statement that nothing is required reaches to the end of its sentence, unless something is demanded after all.
_STOP = (
    r"\b(?:but|mais|sauf|except|unless|however|toutefois)\b"
    r"|(?:,|\band|\bet) [^,.;]*\b(?:must|required|exig\w*|doi[tv]\w*)"
)
_UNCONDITIONAL = (
    r"\b(?:(?:no|without|sans|aucune?|pas de) (?:any |prior |aucune )?(?:pre ?)?"
    r"(?:condition|requirement|prerequisite|prealable|obligation|exigence)s?"
    r"|regardless of|irrespective of|whether or not|quel(?:le)?s? que soi(?:en)?t|independamment d\w*)\b"
    rf"(?:(?!{_STOP})[^.;])*"
)
# "Y is not required" speaks of what precedes it.
_NOT_REQUIRED = (
    r"[^,.;:]*\b(?:not|never|pas|jamais|non) (?:be )?(?:required|requise?s?|exigee?s?|obligatoires?|a condition)\b"
)

_PRECONDITIONS = {
    "sobriety": (
        "abstin*|sobri*|sobres?|sober*|sevr(e|ee|es|ees|age)|teetotal*",
        "(drug|alcohol|substance)s? free|clean (for|since|time|and)",
        "({NO}|arret*|stop*|quit*|cess*|renonc*) … {SUBSTANCE}",
        "ne (pas |plus )?(se )?(consomm*|drogu*|boi*)|non (consommat*|usager*|alcoolique*|toxicoman*)",
        "(does|do|must|may|should) not (drink*|(use|take|consume) … {SUBSTANCE})",
        "consommation* … (stabilise|maitrise|gere|controle|reduite|raisonnable)*",
        "(controlled|stable|reduced) (drinking|substance use|use)",
        "(boit|boivent|bu|boire) (encore|toujours|trop|beaucoup)|(encore|toujours|trop|still) (boit|boire|drink*)",
        "(still|keeps?|kept) (drink*|using|on drugs?)",
    ),
    "drug_test": (
        "(drug|urine|alcohol|urinaires?|salivaires?|breath|toxicolog*) … (test|screen)*",
        "(test|depistage|analyse|controle|screening)s? … (urin|salivaire|alcool|drogue|stupefiant|toxico|drug)*",
        "alcootest*|ethylotest*|breathaly*|tests? de depistage|screening tests?",
    ),
    "treatment": (
        "({ACCEPT}|{FOLLOW}|{DEMAND}) … {TREATMENT}",
        "(treatment|medication|traitement|soins|therap*) … (complian*|adheren*|completed|acceptes?|suivis?|{DEMAND})",
        "{REFUSE} … {TREATMENT}",
        "(obligation|injonction) de soins|observance|(in|under|sous) (treatment|traitement)|detox*",
        "(mental*|psych*|clinical*) … (stable|stabilise)*|(stabilise|stable)* … (psych|mental)*",
    ),
    "support": (
        "({ACCEPT}|{DEMAND}|sign|signs|signed|signer|signe) … {SUPPORT}",
        "{SUPPORT} … (accept*|agreed|signed|signe|respecte*|{DEMAND})",
        "{REFUSE} … {SUPPORT}",
        "participat* (in |a |au |aux )(a |un |the )?program*",
        "adhesion (au|a un|a l|aux) (projet|accompagnement|suivi|programme)",
        "service (participation|engagement|compliance)|complian(t|ce) with (… )?(care|support|plan|rules)",
        "(suivi|accompagnement)s? … (regulier|assidu|effectif|actif|en place)*",
        "(ouvert|favorable|volontaire)(e|s|es)? (a|au|aux) (un |l |une )?(suivi|accompagnement)",
        "{MEETINGS} … (honore|respecte|tenu|kept|attended)*",
        "(honor|respect|ponctuel|assidu|keep|attending|attended|particip)* … {MEETINGS}",
    ),
    "motivation": (
        "motivat(ion|ions|ed)|motive(e|s|es)?|deserving|merite|meritant*",
        "(willingness|desire|wish|ready|commitment) to change|volonte (de|d) (s en sortir|changer|s inserer|insertion)",
        "pret(e|s|es)? a s engager|(tient|tenir|tiennent|respect*) (ses|leurs|les|son) engagements?",
        "(projet|parcours) (de vie|d insertion|de relogement|professionnel|personnel) … "
        "(construit|engage|abouti|valide|realiste)*",
    ),
    "behaviour": (
        "(good|acceptable|appropriate|proper|correct) (behaviou?r|conduct|tenant|neighbou?r|standing)|well behaved",
        "(bon|bonne)s? (comportement|conduite|tenue|locataire|voisin)*",
        "comportement … (adapte|correct|exemplaire|respectueux|satisfaisant|compatible|irreprochable)*",
        "{NEVER} … (incidents?|nuisances?|anti ?social|disturbances?|complaints?|plaintes?|avertissements?)",
        "{NEVER} … troubles? (de|du) (voisinage|comportement)|{NEVER} … behaviou?r* (issue|problem)s?",
        "respect* (du |des |de |la |le |les )*(reglement|regles|vie en collectivite)|house rules|savoir (etre|vivre)",
        "curfew|couvre feu",
        "probation*|periode d essai|trial (period|stay)|(never|jamais) (been |ete )?(banned|excluded|exclu*)",
        "hygiene … (correct|satisfaisant|acceptable|bonne)*|bonne hygiene|(clean|tidy) (room|flat|home|dwelling)",
        "(entretient|entretiennent) … (chambre|logement|appartement|studio)",
        "(bonne tenue|bon entretien) … (chambre|logement)",
        "{NEVER} … (conflits?|exclusions?)|relations? (apaise|bonne|cordiale|correcte)*",
        "bonnes? (relations?|integration|cohabitation)",
    ),
    "readiness": (
        "(housing|tenancy|rental) (ready|readiness)|ready (for|to live|to be housed)|independent living skills",
        "(capacites?|capable|aptitude|apte|inapte)s? (d|a|de|au) … (habiter|vivre|occuper|gerer|logement|etre loge*)",
        "pret(e|s|es)? (a|au|pour) (un |le )?(etre|habiter|vivre|logement|acceder)|savoir habiter",
        "autonomie (suffisante|requise|exigee|acquise)",
        "(menage|personne|candidat|famille)s? (est |sont |tres )?autonomes?",
        "(able|capable) (to|of) (live|living|maintain*) … (alone|independent*|tenancy)",
        "(not|isn t|aren t) (yet |quite )?ready|(pas|non) (encore |tout a fait )?pret(e|s|es)?",
        "(sait|savent|sachant|savoir) (tenir|gerer|entretenir|occuper)",
        "(fait|faire|faisant) (ses|leurs) preuves|proven (tenant|tenancy)",
        "(experience|parcours) locati* (reussi|positi|anterieur|exige)*|(bail glissant|sous location) (reussi|abouti)*",
        "successful (tenancy|sublease|sliding lease)|(tenancy|rental) experience",
        "(a|ont|avoir|ayant) reussi … (sous location|intermediation|bail|residence|stage|etape|parcours)",
        "(evaluation|bilan|rapport|reference)s? … (favorable|positif|positive)s?",
        "(avis|preavis) (favorable|positif) … (travailleu|educat|referent|equipe|structure|service|{SHELTER})*",
    ),
    "job": (
        "({DEMAND}|condition of|a condition d|justifi*|preuve d|proof of|minimum|at least|stable|steady) … {WORK}",
        "(depuis|has|have|having|in|with|en|avec|avoir) (une? |an? |full time )*{WORK}",
        "(occupe*|exerc*|dispose* d|titulaire d) (une? )?{WORK}",
        "(ressources|revenus|income) (issue?s|from|tires) … {WORK}|(being|be|is) in (paid )?work",
        "(a|ont|has|have) (un |une |an? )?(permanent |steady |stable )?"
        "(cdi|contrat de travail|salaire|emploi|job|wage)",
        "{WORK} … (for|depuis|since|stable|minimum|[0-9]+ (month|mois|an|year)*|{DEMAND})",
        "(must|doit|doivent) (work|travailler|be working)|currently (working|employed)",
        "insertion professionnelle … (bonne voie|engage*|stable|aboutie)",
    ),
    "prior_shelter": (
        "(avoir|ayant|having|must have|have) … (sejourne|passe|stayed|spent|lived|completed|heberge)* … … {SHELTER}",
        "(passage|sejour|etape|parcours|stay) … (prealable|required|minimum|minimal|reussi|valide|{DEMAND})",
        "(prealable|prior|previous|minimum|min|{DEMAND}) … ({SHELTER} (stay|nights?)|hebergement)",
        "(prealable|prior|previous|minimum|min|{DEMAND}) … (stay|nights?|sejour|passage|nuits?) … {SHELTER}",
        "(a|avoir|ayant) (effectue|fait|suivi|sejourne|passe)* … {SHELTER}|{SHELTER} {DEMAND}",
        "(stabilisation|sejour|passage|etape|accueil) (prealable|d abord|first|avant)*",
        "(prior|previous) stabili[sz]ation",
        "(six|[0-9]+|one|two|three|un|deux|trois|years?|months?|ans?|mois) … {SHELTER} (avant|before|first|d abord)",
        "(sortir|sort|sortant|sortie|leaving|left|out) (d |de |du |of )(un |une |a )?{SHELTER} (depuis|since|for)",
        "parcours … {SHELTER} d abord",
        "(pension de famille|residence sociale|transitional housing) (d abord|first|avant|before)",
        "(graduat*|moved up) (… )?from … {SHELTER}|completed … ({SHELTER}|program*)|hebergement prealable",
        "(tenu|tenir|tient) … {SHELTER}",
    ),
    "residence_history": (
        "local (connection|ties|residen*)|residen* (history|requirement|test|criterion)",
        "(lien|attache|ancrage|tie)s? … (local|locale|locaux|locales|territor*|{PLACE})",
        "(resid*|habit*|domicili*|live|lives|lived|living|install*|vit|vivre|vivant|vivent) … … {SINCE} … … {PLACE}",
        "(resid*|habit*|domicili*|live|lives|lived|living|install*|vit|vivre|vivant|vivent) … … {PLACE} … {SINCE}",
        "(habite|reside|domicilie)* (a )?[a-z]+ (depuis|for) (au moins|at least|minimum)",
        "residen* (anterieure|prealable|exigee|requise|prior|previous)*|(prior|previous) residenc*",
        "(connu*|known|suivi*) (of |to |by |de |du |des |d |par |a |the |le |la |l |un )*"
        "(service|structure|equipe|team|ccas|siao|association)s? … {SINCE}",
        "(anciennete|duree|length|years?|months|history|ans|mois) (de |of )?(la )?(residence|residency|domiciliation)",
    ),
    "pets": (
        "{NO} (animal|animaux|chiens?|chats?|pets?|dogs?|cats?)",
        "(animal|animaux|chiens?|pets?|dogs?) (interdit|refus|not allowed)*",
    ),
    "criminal_record": (
        "criminal (record|history|background)|casier|(background|police) (record )?check*|sex offender*",
        "({NEVER}|clean) … (condamn|convict|felon|offen[cs]e|delit|antecedents? judici|police record|incarcer|arrest)*",
        "(never|jamais) … (prison|jail|detention|detenus?)",
    ),
    "eviction_history": (
        "{NEVER} … (evict|expuls)*|eviction (history|record)|prior evictions?|rental history",
        "antecedents? (d expulsion|locatif)*|landlord references?",
        "references? (du|d un|de l|of|from) … (bailleur|landlord|proprietaire)",
    ),
    "payment_history": (
        "{NO} … (debts?|dettes?|arrears|impaye*|incidents? de paiement)|bon payeur|good (payer|payment history)",
        "a jour (de|du|des) … loyers?|credit (check|score|history)",
        "comptes? (bancaires? )?a jour|(paie|paye|payer|regle)(nt)? regulierement",
        "epargne (constituee|reguliere|suffisante)",
        "(garant|caution|cautionnaire|guarantor|co ?signer)s? (exige|requis|obligatoire|required|solvable)*",
        "(a|ont|avec|avoir|ayant|has|have|with) (un |une |an? )?(garant|cautionnaire|guarantor|co ?signer)s?",
    ),
}

_PENALTIES = {
    "sanction_for_refusing": (
        "{REFUSE}~ {SANCTION}",
        "{SANCTION}~ {REFUSE}",
        "(ne pas avoir|n avoir jamais|has not|have not|has never|have never) (refus|declin)*",
    ),
    "limit_on_offers": (
        "(max|maximum|limit*|at most|no more than|up to|only|seulement|au plus|pas plus de|jusqu a) … {OFFERS}",
        "{COUNT} (refused )?{OFFERS} … (max|maximum|only|seulement|au plus|at most)",
        "(une? seule?|a single) {OFFERS}|(two|three|[0-9]+) strikes?",
        "(offer|offre|refus|refusal|proposition)s? (limit|cap|allowed|permitted|autorise*|permis*)",
        "{REFUSE}~ (fin|end|extinction|terme) (of |de |du |d |des )(the |la |le |l )?(droit|right|demande|request)*",
    ),
}

# What no rule may count, for or against anybody (law of 27 May 2008, article 1; penal code, 225-1). An audit may.
_SENSITIVE = {
    "nationality": (
        "nationalites?|nationality|citizenship|citoyennete|preference nationale|etranger(e|es|s)?|foreigners?|immigr*"
        "|(french|francais|european|europeen)(e|es|s|ne|nes)? (only|seulement|uniquement|citizen*|nationals?)"
    ),
    "origin": (
        "origines? (ethnique|geographique|raciale|nationale|etrangere)s?|(ethnic|national|racial) origins?|ethni*|raci*"
        "|race|couleur de peau|skin colou?r|gens du voyage|roms?|roma|tsigane*|gitan*|gyps(y|ies)|patronym*"
        "|nom de famille|family name|place of birth|lieu de naissance|ne(e|es|s)? en france|born in france"
    ),
    "religion": (
        "religi*|confession*|croyan*|paroiss*|parishion*|musulman*|catholique*|protestant*|juifs?|juives?|chretien*|muslim*"
        "|catholic*|christian*|jewish"
    ),
    "sex": (
        "sexe|sex|gender|genre|orientation sexuelle|sexual orientation|transgenre*|transgender*|homosexu*"
        "|(hommes?|femmes?|men|women|man|woman|males?|females?) (seulement|uniquement|only|d abord|first)"
        "|reserve(e|es|s)? aux (hommes|femmes)|reserved for (men|women)"
    ),
    "opinions": (
        "opinions? (politique|syndicale|philosophique)s?|(political|trade union) (opinion|member|affiliation)*"
        "|(adherente?s?|membres?|affiliee?s?) (d un |du |au )?(parti|syndicat)|affiliation (politique|syndicale)"
    ),
    "health": "etat de sante|health (status|condition)|seropositi*|vih|hiv|sida|aids|diagnosti*",
}

# A code that is the whole of what is said, such as `employed: true`.
BARE_CODES = {
    "job": re.compile(
        r"\W*(?:is |be )?(?:employed|cdi|salariee?s?|jobs?|emploi|employment|working|contrat de travail)\W*"
    ),
    "payment_history": re.compile(r"\W*(?:garants?|guarantors?|caution|cautionnaires?)\W*"),
}

ERASED = re.compile(f"{_UNCONDITIONAL}|{_NOT_REQUIRED}|{any_of(_INNOCENT, _LISTS).pattern}")
PRECONDITIONS = {rule: any_of(phrases, _LISTS) for rule, phrases in _PRECONDITIONS.items()}
PENALTIES = {rule: any_of(phrases, _LISTS) for rule, phrases in _PENALTIES.items()}
SENSITIVE = {rule: any_of((phrases,), _LISTS) for rule, phrases in _SENSITIVE.items()}
NEGATIVE_POINTS = re.compile(r"(?<!\w)[-\u2212\u2013] ?\d+(?:[.,]\d+)? ?(?:pts?|points?)\b")
