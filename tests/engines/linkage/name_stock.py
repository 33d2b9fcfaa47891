"""Names by origin, for tests alone: the program never knows an origin. Concentrated, as names are in communities."""

from __future__ import annotations

from functools import cache
from random import Random

_SURNAMES = {
    "french": "Martin Bernard Durand Petit Leroy Moreau Richard Robert Garnier Faure Rousseau Lefèvre Lefebvre Poirier "
    "Bouchard Thomas Dubois Saint-Aubin Le_Gall D'Angelo Weber Müller Schmitt Klein Schneider Hoffmann Meyer Muller "
    "Colin Perrin Roussel Marchand",
    "maghreb": "Benali Saidi Bouzid Khelifi Amrani El_Amrani Ben_Salah Belkacem Ziani Zeroual Cherif Haddad Mansouri "
    "Aït-Ahmed Brahimi Hamdi Bouazza Toumi",
    "west_africa": "Diallo Ndiaye Traoré Coulibaly Touré Koné Camara Sow Bâ Ouattara Mbaye N'Diaye Cissé Keita Barry "
    "Diop Bah Sylla",
    "central_africa": "Mukendi Tshibangu Ilunga Kabongo N'Goma M'Bemba Kalala Ngoy Mbala Mutombo Ngoma Lukaku",
    "horn": "Tekle Mohamud Abdi Haile Gebremariam Yusuf Osman Ahmed Warsame Tesfamariam Kidane Ali",
    "east": "Popescu Ionescu Dudaev Magomadov Ismailov Beridze Gashi Hoxha Kovalenko Shevchenko Melnyk Radu Petrov "
    "Kapanadze Krasniqi Stan",
    "afghan": "Ahmadi Rahimi Nazari Hosseini Karimi Noori Stanekzai Zadran Safi Amiri",
}
_MEN = {
    "french": "Jean Nicolas Julien Lucas Théo Loïc Bruno Patrick Michel Éric Gérard Alain Rémi Anthony François "
    "Mathis Sébastien Philippe Christophe Jean-Pierre Jean-Paul Jean-Luc David Daniel",
    "maghreb": "Karim Mohamed Ahmed Rachid Mehdi Hichem Nabil Sofiane Farid Youssef Hassan Samir Mohamed-Amine Ali",
    "west_africa": "Mamadou Amadou Abdoulaye Cheikh Koffi Ousmane Moussa Ibrahima Kwame Souleymane Boubacar Adama",
    "central_africa": "Emmanuel Jean-Bosco Patrice Dieudonné Trésor Christian Jean-Claude Pascal Serge Fiston",
    "horn": "Abdi Ahmed Ahmad Mohamud Tesfay Yohannes Hassan Hussein Omar Filmon Robel Daniel",
    "east": "Marian Ion Levan Dragan Giorgi Artan Serhiy Oleksandr Andrei Ruslan Ivan Mihai Zurab Arben",
    "afghan": "Zabihullah Najib Mustafa Ali Hossein Karim Jawad Farhad Omid Ahmad Rahmatullah",
}
_WOMEN = {
    "french": "Marie Isabelle Sylvie Audrey Manon Hélène Noémie Émilie Aurélie Céline Chloé Anaïs Zoé Inès Françoise "
    "Marie-Claude Julie Christine Danielle Jeanne",
    "maghreb": "Amina Houria Khadija Fatima Salima Leïla Samira Nadia Karima Yamina",
    "west_africa": "Awa Rokia Adjoua Kadiatou Ramatoulaye Fatoumata Aminata Mariam Aïssatou Fatou",
    "central_africa": "Marie-Jeanne Chantal Béatrice Grâce Espérance Brigitte Clémentine Divine",
    "horn": "Selam Eden Fatuma Amina Hodan Saba Mariam Rahwa",
    "east": "Mihaela Tamar Olena Elena Natalia Nino Maria Irina Oksana Teuta",
    "afghan": "Fatima Zahra Maryam Masuma Nargis Shabnam Laila Zainab",
}
ORIGINS = tuple(_SURNAMES)
SHARES = (40, 16, 15, 6, 6, 12, 5)


def surname(chance: Random, origin: str) -> str:
    return _draw(chance, _SURNAMES[origin])


def given_name(chance: Random, origin: str, sex: str) -> str:
    return _draw(chance, (_MEN if sex == "M" else _WOMEN)[origin])


def _draw(chance: Random, stock: str) -> str:
    names, weights = _weighed(stock)
    return chance.choices(names, weights)[0].replace("_", " ")


@cache
def _weighed(stock: str) -> tuple[list[str], list[float]]:
    names = stock.split()
    return names, [1 / (rank + 4) for rank in range(len(names))]
