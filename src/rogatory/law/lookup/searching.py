"""The search itself: from a query to provisions with their snippets, over our descriptions and official copies."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rogatory.law import browse
from rogatory.law.browse import Sorting
from rogatory.law.lookup import addresses, wording
from rogatory.law.lookup.search import (
    MAX_HITS,
    MAX_SIGNS,
    MAX_WORDS,
    Copies,
    Found,
    Hit,
    MakeIndex,
    Query,
    QueryTooLong,
    Term,
    Text,
    UnknownTextLanguage,
    WordIndex,
)
from rogatory.law.lookup.snippets import Marker, pieces, snippet
from rogatory.law.lookup.wording import Word
from rogatory.law.model import Law, Provision
from rogatory.law.provisions import article_of
from rogatory.law.sentences import law_sentences
from rogatory.law.words import LANGUAGES, NO_WORDS, Words

Key = tuple[str, str]
NOTHING_SOUGHT = Marker(())
#: How much better a provision of the Convention counts than the same one of a neighbour.
AHEAD = 1.6


def our_texts(law: Law) -> Iterator[Text]:
    """Our descriptions, in each language we write."""
    for known in law.by_number.values():
        for provision in known.values():
            told = list(_told(provision))
            for lang in LANGUAGES:
                yield Text(
                    instrument=provision.instrument,
                    number=provision.number,
                    lang=lang,
                    title=provision.title.get(lang),
                    said=" · ".join(words.get(lang) for words in told),
                )


def _told(provision: Provision) -> Iterator[Words]:
    """Whatever a provision says in words, its description first."""
    yield provision.what
    yield from (one.what for one in provision.elements)
    yield from (one.what for one in provision.options)
    for exclusion in provision.exclusions:
        yield from (words for words in (exclusion.what, exclusion.unless) if words.en)
    yield from (one.question for one in provision.grounds)
    if provision.duty and provision.duty.reminder.en:
        yield provision.duty.reminder


class LawSearch:
    """Searches one state of the texts."""

    def __init__(self, law: Law, texts: Sequence[Text], index: WordIndex) -> None:
        self._law = law
        self._texts = texts
        self._index = index
        self._keys = [(text.instrument, text.number) for text in texts]
        self._places: dict[Key, list[int]] = {}
        for place, key in enumerate(self._keys):
            self._places.setdefault(key, []).append(place)
        self._only_official = [key for key in self._places if key[1] not in law.by_number.get(key[0], {})]

    def search(self, query: Query) -> Found:
        """What *query* asks for; raises `QueryTooLong` and whatever `browse.check` raises."""
        words = _checked(query)
        browse.check(self._law, query.sorting)
        if not words:
            return self._listed(query)
        address = addresses.read(query.words)
        if address.number:
            found = self._addressed(query, address)
            if found is not None:
                return found
        return self._worded(query, words)

    def _listed(self, query: Query) -> Found:
        """Provisions by what they are, in their order."""
        if not (query.sorting.asks or query.text_lang) or query.words.strip():
            return Found(total=0, hits=(), how="nothing", hint=_nothing(query))
        keys = [key for key in self._allowed(query.sorting) if self._held(key, query.text_lang)]
        return self._found(query, keys, self._places, how="listed")

    def _addressed(self, query: Query, address: addresses.Address) -> Found | None:
        """The provision that the query names with what stands under it; `None` when no instrument has its article."""
        instrument = address.instrument or query.sorting.instrument
        allowed = dict.fromkeys(key for key in self._allowed(query.sorting) if key[0] == instrument or not instrument)
        number = address.number
        while number:
            keys = [key for key in allowed if key[1] == number or key[1].startswith(f"{number}(")]
            if keys or "(" not in number:
                break
            number = number.rpartition("(")[0]
        keys = [key for key in keys if self._held(key, query.text_lang)]
        hint = NO_WORDS
        if number != address.number:
            hint = law_sentences().say("search-nearest", number=address.number, nearest=number)
        rest = [word for word in wording.words(address.rest) if word.form not in wording.stop_words()]
        if keys and rest:
            terms = [_term(word, query.text_lang) for word in rest]
            places = self._ranked(terms, query.text_lang, every=True)
            keys = [key for key in keys if key in places]
            return self._found(query, keys, places, how="address", marker=Marker(rest), hint=hint) if keys else None
        return self._found(query, keys, self._places, how="address", hint=hint) if keys else None

    def _worded(self, query: Query, words: Sequence[Word]) -> Found:
        """Provisions by their words, the best first."""
        terms = [_term(word, query.text_lang) for word in words]
        last = words[-1]
        attempts = [("all", terms, True)]
        if not last.han and len(last.form) > 1:
            attempts.append(("beginnings", [*terms[:-1], Term(beginning=last.form)], True))
        if len(terms) > 1:
            attempts.append(("some", terms, False))
        allowed = frozenset(self._allowed(query.sorting)) if query.sorting.asks else None
        without = 0
        for how, wanted, every in attempts:
            places = self._ranked(wanted, query.text_lang, every=every)
            keys = [key for key in places if allowed is None or key in allowed]
            if keys:
                marker = Marker(words, beginning=last.form if how == "beginnings" else "")
                hint = NO_WORDS if how == "all" else law_sentences().say(f"search-{how}")
                return self._found(query, keys, places, how=how, marker=marker, hint=hint)
            without = without or len(places)
        hint = law_sentences().say("search-without", count=without) if without else _nothing(query)
        return Found(total=0, hits=(), how="nothing", hint=hint)

    def _ranked(self, terms: Sequence[Term], text_lang: str, *, every: bool) -> dict[Key, list[int]]:
        """The provisions that have the terms, the best first, each with the places of the texts that have them."""
        ahead = next(iter(self._law.instruments), "")
        best: dict[Key, float] = {}
        places: dict[Key, list[int]] = {}
        for place, score in self._index.find(terms, every=every):
            if text_lang and self._texts[place].lang != text_lang:
                continue
            key = self._keys[place]
            counted = score * AHEAD if key[0] == ahead else score
            if key not in best:
                best[key], places[key] = counted, [place]
                continue
            best[key] = min(best[key], counted)
            places[key].append(place)
        return {key: places[key] for key in sorted(best, key=best.__getitem__)}

    def _allowed(self, sorting: Sorting) -> Iterable[Key]:
        """The provisions that *sorting* lets through, those that only an official copy has among them."""
        yield from ((one.instrument, one.number) for one in browse.sorted_out(self._law, sorting))
        if sorting.kind or sorting.who or sorting.force or sorting.measure or sorting.reservations:
            return
        for instrument, number in self._only_official:
            if sorting.instrument in ("", instrument) and sorting.article in ("", article_of(number)):
                yield instrument, number

    def _held(self, key: Key, text_lang: str) -> bool:
        return not text_lang or any(self._texts[place].lang == text_lang for place in self._places.get(key, ()))

    def _found(
        self,
        query: Query,
        keys: Sequence[Key],
        places: Mapping[Key, Sequence[int]],
        *,
        how: str,
        marker: Marker = NOTHING_SOUGHT,
        hint: Words = NO_WORDS,
    ) -> Found:
        """The answer with one page of *keys*, each shown by the best of its texts at *places*."""
        page = keys[query.offset : query.offset + min(query.limit, MAX_HITS)]
        hits = tuple(self._hit(key, places[key], query, marker) for key in page)
        return Found(total=len(keys), hits=hits, how=how, hint=hint)

    def _hit(self, key: Key, places: Sequence[int], query: Query, marker: Marker) -> Hit:
        having = [text for text in (self._texts[place] for place in places) if query.text_lang in ("", text.lang)]
        having.sort(key=lambda text: (text.official, text.lang != query.reader))
        shown = having[0]
        provision = self._law.by_number.get(key[0], {}).get(key[1])
        title, title_lang = shown.title, shown.lang
        if provision and not any(marker.spans(title, title_lang)):
            title, title_lang = provision.title.get(query.reader), query.reader
        return Hit(
            instrument=key[0],
            number=key[1],
            source=shown.source,
            lang=shown.lang,
            title=pieces(title, title_lang, marker),
            title_lang=title_lang,
            snippet=snippet(shown.said, shown.lang, marker),
            kind=provision.kind if provision else "",
            who=provision.who if provision else "",
            force=provision.force if provision else "",
            official=tuple(text.lang for text in having if text.official),
        )


class Searches:
    """The search of this process: made at the first need, and anew when the official copies change."""

    def __init__(self, make_index: MakeIndex) -> None:
        self._make_index = make_index
        self._lock = threading.Lock()
        self._held: tuple[Law, object, LawSearch] | None = None

    def of(self, law: Law, copies: Copies) -> LawSearch:
        """The search over *law* and *copies*."""
        held = self._held
        if held is None or held[0] is not law or held[1] != copies.version:
            with self._lock:
                held = self._held
                if held is None or held[0] is not law or held[1] != copies.version:
                    texts = (*our_texts(law), *copies.read())
                    held = (law, copies.version, LawSearch(law, texts, self._make_index(texts)))
                    self._held = held
        return held[2]


def _checked(query: Query) -> list[Word]:
    """The words of *query* that count; raises `QueryTooLong`."""
    if len(query.words) > MAX_SIGNS:
        raise QueryTooLong(f"the query has {len(query.words)} characters; {MAX_SIGNS} are the limit")
    if query.text_lang and query.text_lang not in wording.TEXT_LANGUAGES:
        known = ", ".join(wording.TEXT_LANGUAGES)
        raise UnknownTextLanguage(f"texts are in {known}; {query.text_lang!r} is none of them")
    words = list({word.form: word for word in wording.words(query.words)}.values())
    if len(words) > MAX_WORDS:
        raise QueryTooLong(f"the query has {len(words)} words; {MAX_WORDS} are the limit")
    return [word for word in words if word.form not in wording.stop_words()] or words


def _term(word: Word, text_lang: str) -> Term:
    """What an index is asked for one word."""
    if word.han:
        pairs = wording.stems(word, "zh")
        return Term(run=pairs) if pairs else Term(forms=(word.form,))
    langs = [lang for lang in wording.languages_of(word) if text_lang in ("", lang)]
    return Term(forms=(word.form,), stems=tuple(stem for lang in langs for stem in wording.stems(word, lang)))


def _nothing(query: Query) -> Words:
    return law_sentences().say("search-nothing") if query.words.strip() else law_sentences().say("search-ask")
