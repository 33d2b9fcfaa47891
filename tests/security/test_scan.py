"""The active scan: one role in the everyday tests, every role in the drill."""

import pytest

from tests.matrix.world import ROLES
from tests.security import scan
from tests.security.forms import Form, forms
from tests.security.house import is_html

SAMPLE = "siao_officer"


class TestScan:
    def test_asvs_1_2_1_what_is_sent_comes_back_escaped_or_not_at_all(self, visit):
        escaped, faults = scan.reflections(visit(SAMPLE))

        assert faults == []
        assert escaped > 10

    def test_asvs_3_4_3_3_4_4_3_4_6_14_3_2_every_answer_bears_its_headers(self, visit):
        entered = visit(SAMPLE)

        assert _faults_of_headers(entered) == []
        assert len(entered.pages) > 40

    def test_asvs_3_5_3_no_address_answers_a_method_nobody_gave_it(self, visit):
        assert list(scan.methods(visit(SAMPLE))) == []

    @pytest.mark.parametrize("role", [SAMPLE, "anonymous"])
    def test_asvs_3_7_2_and_1_2_2_no_address_leads_out_of_the_house(self, visit, role):
        assert list(scan.redirections(visit(role))) == []

    @pytest.mark.parametrize("role", [SAMPLE, "anonymous"])
    def test_asvs_16_5_1_13_4_5_what_is_not_there_says_no_more(self, visit, role):
        assert list(scan.secrets_of_errors(visit(role))) == []


@pytest.mark.drill
def test_every_role_finds_nothing_to_break(visit, record_result):
    faults, escaped, pages, sent = [], 0, 0, 0
    for role in ROLES:
        entered = visit(role)
        seen, found = scan.reflections(entered)
        found += [*_faults_of_headers(entered), *scan.methods(entered), *scan.redirections(entered)]
        faults += [f"{role}: {fault}" for fault in (*found, *scan.secrets_of_errors(entered))]
        escaped, pages, sent = escaped + seen, pages + len(entered.pages), sent + 2 * len(entered.forms)

    assert not faults, "\n".join(faults)
    record_result("active-scan", roles=len(ROLES), pages=pages, forms_sent=sent, escaped=escaped, faults=len(faults))


def _faults_of_headers(entered) -> list[str]:
    return [
        f"{address}: {fault}"
        for address, response in entered.pages.items()
        for fault in scan.headers(response, signed_in=True)
    ]


class TestTheScanItself:
    def test_sees_a_script_without_its_nonce_and_a_handler_in_a_tag(self):
        assert list(scan._inline("<script>alert(1)</script>", "script-src 'nonce-a'"))
        assert list(scan._inline('<a onclick="x()">', ""))
        assert not list(scan._inline('<script nonce="a">1</script><p title="on x">', "script-src 'nonce-a'"))

    def test_sees_headers_that_lack(self, rf):
        from django.http import HttpResponse

        assert len(list(scan.headers(HttpResponse("a"), signed_in=True))) > 8

    def test_sees_what_leads_out(self):
        from django.http import HttpResponse, HttpResponseRedirect

        assert list(scan._leads_out(HttpResponseRedirect("//evil.example/")))
        assert list(scan._leads_out(HttpResponse('<a href="https://evil.example/">', content_type="text/html")))
        assert not list(scan._leads_out(HttpResponse('<input value="https://evil.example/">')))

    def test_reads_a_form_as_a_browser_does(self):
        html = (
            '<form method="post" action="to/"><input name="csrfmiddlewaretoken" value="t"><input name="a">'
            '<input type="radio" name="b" value="1"><input type="radio" name="b" value="2" checked>'
            '<select name="c"><option value=""><option value="x"></select><button name="do" value="it"></form>'
        )

        assert list(forms(html, "/from/")) == [
            Form(
                action="/from/to/",
                method="POST",
                fields={"a": "word", "b": "2", "c": "x", "do": "it"},
                typed=frozenset({"a"}),
            )
        ]

    def test_takes_a_paper_for_no_page(self):
        from django.http import HttpResponse

        assert not is_html(HttpResponse("a", content_type="text/csv"))
