from tests.browser.structure import skeleton

PAGE = '<main><h1>Le foyer</h1><ul class="cz-list"><li>Un</li></ul><svg><path d="M0 0"/></svg><input name="a"></main>'


class TestSkeleton:
    def test_is_blind_to_words_rows_and_drawings(self):
        other = (
            PAGE.replace("Le foyer", "Nadia").replace("<li>Un</li>", "<li>Un</li><li>Deux</li>").replace("M0 0", "M1")
        )

        assert skeleton(other) == skeleton(PAGE)

    def test_sees_an_element_a_class_and_a_state_more(self):
        changes = [("<li>Un</li>", "<li><a>Un</a></li>"), ("cz-list", "cz-list cz-late"), ("<input", "<input disabled")]

        seen = {skeleton(PAGE.replace(old, new)) for old, new in changes}

        assert len(seen | {skeleton(PAGE)}) == len(changes) + 1

    def test_sees_where_an_element_stands(self):
        assert skeleton("<main><p></p></main><aside></aside>") != skeleton("<main></main><aside><p></p></aside>")

    def test_holds_when_elements_are_left_open_or_closed_twice(self):
        assert skeleton("<main><p>Un</main></p></div>") == skeleton("<main><p>Un</p></main>")
