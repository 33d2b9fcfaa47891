"""Names, wishes and streets of the history, so mixed that nobody can be meant."""

SURNAMES = (
    "Abadie", "Achard", "Adjovi", "Afonso", "Ahmeti", "Akhmadov", "Alavoine", "Aloui", "Amrani", "Andriamana",
    "Arnoux", "Aslan", "Bâ", "Bakary", "Barbier", "Bartoli", "Bekele", "Belkacem", "Benhaddou", "Berisha", "Besson",
    "Biyong", "Blaise", "Bogdan", "Bouchareb", "Boulanger", "Camus", "Carneiro", "Chaoui", "Chevrier", "Cissokho",
    "Clavel", "Condé", "Cuny", "Da Costa", "Dabrowski", "Dardaine", "De Almeida", "Delattre", "Demir", "Diaby",
    "Dumitru", "El Fassi", "Elmas", "Essomba", "Faivre", "Ferrand", "Fofana", "Gashi", "Gaudin", "Gebre", "Ghazali",
    "Gillot", "Goncalves", "Grosjean", "Guerin", "Guèye", "Hadj", "Hamidi", "Henriot", "Hoareau", "Ibrahimi",
    "Iordache", "Jacquemin", "Jallow", "Jovanović", "Kamara", "Karimi", "Keïta", "Khelifi", "Kone", "Krasniqi",
    "Lacour", "Lahlou", "Lambert", "Lemaire", "Lounis", "Lungu", "Mahamat", "Maillard", "Mansouri", "Marin",
    "Mbappou", "Mekonnen", "Mendy", "Mercier", "Mokrani", "Moreira", "Morin", "Nasri", "Ndiaye", "Nguyen", "Nowak",
    "Ouattara", "Ouedraogo", "Parisot", "Perrin", "Petrov", "Pham", "Pires", "Qureshi", "Rachedi", "Rakoto",
    "Ramadani", "Remy", "Robin", "Rousseau", "Saïdi", "Salomon", "Sangaré", "Sarr", "Shala", "Sissoko", "Stoica",
    "Sylla", "Tahiri", "Tamba", "Tesfaye", "Thiébaut", "Touré", "Vasseur", "Vaucher", "Wagner", "Yacoub", "Yilmaz",
    "Zaïd", "Zerrouki", "Ziegler",
)  # fmt: skip
GIVEN = (
    ("Abdou", "M"), ("Adèle", "F"), ("Adrien", "M"), ("Aïcha", "F"), ("Alban", "M"), ("Alina", "F"), ("Amadou", "M"),
    ("Anouk", "F"), ("Arben", "M"), ("Assia", "F"), ("Baptiste", "M"), ("Béatrice", "F"), ("Bilal", "M"),
    ("Blerta", "F"), ("Boris", "M"), ("Céline", "F"), ("Claude", "M"), ("Corinne", "F"), ("Daniela", "F"),
    ("David", "M"), ("Dilan", "F"), ("Djibril", "M"), ("Dorina", "F"), ("Émile", "M"), ("Esther", "F"), ("Farid", "M"),
    ("Fatoumata", "F"), ("Filip", "M"), ("Florence", "F"), ("Gaëtan", "M"), ("Genet", "F"), ("Georges", "M"),
    ("Hamid", "M"), ("Hanna", "F"), ("Hervé", "M"), ("Idriss", "M"), ("Inna", "F"), ("Ismaël", "M"), ("Jérôme", "M"),
    ("Josiane", "F"), ("Kader", "M"), ("Karine", "F"), ("Lamine", "M"), ("Latifa", "F"), ("Lucien", "M"),
    ("Madeleine", "F"), ("Malik", "M"), ("Mariam", "F"), ("Mathilde", "F"), ("Mehdi", "M"), ("Mirela", "F"),
    ("Mohamed", "M"), ("Nadia", "F"), ("Nicolas", "M"), ("Noura", "F"), ("Olga", "F"), ("Oumar", "M"),
    ("Pascal", "M"), ("Patricia", "F"), ("Pierre", "M"), ("Rachid", "M"), ("Régine", "F"), ("Robert", "M"),
    ("Rosa", "F"), ("Saliha", "F"), ("Sébastien", "M"), ("Serge", "M"), ("Sofia", "F"), ("Tariq", "M"),
    ("Thérèse", "F"), ("Valentin", "M"), ("Véronique", "F"), ("Viktor", "M"), ("Wassila", "F"), ("Yann", "M"),
    ("Yusuf", "M"), ("Zahra", "F"), ("Zoé", "F"),
)  # fmt: skip
CHILDREN = (
    ("Adam", "M"), ("Alya", "F"), ("Amir", "M"), ("Anaïs", "F"), ("Assil", "F"), ("Camille", "F"), ("Élias", "M"),
    ("Emma", "F"), ("Enzo", "M"), ("Inaya", "F"), ("Ismaïl", "M"), ("Kenza", "F"), ("Léo", "M"), ("Louise", "F"),
    ("Maël", "M"), ("Maya", "F"), ("Naïm", "M"), ("Nina", "F"), ("Rayan", "M"), ("Salomé", "F"), ("Tiago", "M"),
    ("Yasmine", "F"),
)  # fmt: skip
ALIASES = ("Jojo", "la Marseillaise", "Doudou", "le Breton", "Mimi", "Tonton", "Kiki", "le Grand", "Momo", "Titi")
WISHES = (
    "Un endroit à moi, avec une clé.",
    "Garder mon chien. Le reste, on verra.",
    "Près de l’école des enfants.",
    "Plus de cris la nuit. Du calme.",
    "Une chambre pour ma fille quand elle vient.",
    "Pas loin de mon chantier, sans voiture.",
    "Au rez-de-chaussée, je ne monte plus les étages.",
    "Être tranquille, qu’on me laisse le temps.",
    "Cuisiner pour les miens.",
    "Sortir de l’hôtel, on est quatre dans une pièce.",
    "Reprendre mon travail de couvreur, mais il faut dormir.",
    "Que les petits aient une adresse.",
)
REACHES = (
    "passe à l’accueil de jour le mardi",
    "par téléphone, le soir",
    "place de la gare, le matin",
    "par sa sœur",
    "à l’accueil de jour, demander à l’équipe",
    "par message",
)
STREETS = (
    "rue de l’Aubépine", "rue des Trois-Lanternes", "impasse du Vieux-Four", "allée des Sorbiers", "rue du Pont-Bleu",
    "place de la Clé", "rue des Hirondelles-Grises", "chemin des Lavandières", "rue de la Belle-Attente",
    "cour des Tonneliers", "rue du Seuil", "avenue des Deux-Rivières", "rue de l’Horloge-Lente", "rue du Puits-Clair",
    "passage des Volets-Verts", "rue de la Table-Ronde",
)  # fmt: skip
OWNERS = ("M. Vauclair", "Mme Osterberg", "SCI du Seuil", "M. et Mme Talandier", "Mme Ravoux", "M. Desprêtres")
REASONS = (
    "Rang de l’ordre publié ; le logement convient au ménage.",
    "Rang de l’ordre publié ; la commune est l’une de celles souhaitées.",
    "Rang de l’ordre publié ; taille et loyer conviennent.",
)
NOS = ("Trop loin de l’école.", "Je préfère attendre plus près de ma sœur.", "", "Pas au quatrième sans ascenseur.")
HAS_ONE = "Merci, j’ai déjà dit oui à un autre."
YESES = ("Oui.", "Oui, quand est-ce que je peux visiter ?", "C’est bien, on prend.", "")
