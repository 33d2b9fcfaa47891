from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from chezsoi.territories import actions
from chezsoi.territories.access import ANONYMOUS, Operator, operator
from chezsoi.territories.middleware import SESSION_KEY, ActorMiddleware
from chezsoi.territories.models import Territory

PROGRAM = operator(Operator.DEMONSTRATION, label="demonstration")


@pytest.fixture
def middleware() -> ActorMiddleware:
    return ActorMiddleware(lambda request: HttpResponse(request.actor.role))


def request_of(user, **session) -> HttpRequest:
    request = HttpRequest()
    request.user = user
    request.session = session
    return request


@pytest.fixture
def held():
    metz = Territory.objects.get(key="metz")
    siao = actions.register_organisation(actor=PROGRAM, key="siao-57", name="SIAO", kind="siao", territories=[metz])
    user = actions.open_account(actor=PROGRAM, email="c@example.org", full_name="Claire", password=None)
    start = timezone.localdate() - timedelta(days=10)
    return [
        actions.give_role(
            actor=PROGRAM, user=user, role=role, organisation=siao, territory=metz, starts_on=start + timedelta(days=n)
        )
        for n, role in enumerate(["siao_officer", "coordinator"])
    ]


class TestActorMiddleware:
    def test_gives_visitors_an_actor_without_rights(self, middleware):
        request = request_of(AnonymousUser())

        assert middleware(request).content == b"anonymous"
        assert request.actor is ANONYMOUS

    def test_takes_the_first_role_by_default(self, middleware, held):
        assert middleware(request_of(held[0].user)).content == b"siao_officer"

    def test_takes_the_role_chosen_in_the_session(self, middleware, held):
        request = request_of(held[0].user, **{SESSION_KEY: held[1].pk})

        assert middleware(request).content == b"coordinator"
        assert request.assignments == held

    def test_forgets_a_choice_that_is_no_longer_held(self, middleware, held):
        actions.end_role(actor=PROGRAM, assignment=held[1], ends_on=timezone.localdate())

        assert middleware(request_of(held[0].user, **{SESSION_KEY: held[1].pk})).content == b"siao_officer"

    def test_gives_an_account_without_a_role_nothing_to_do(self, middleware):
        user = actions.open_account(actor=PROGRAM, email="n@example.org", full_name="New", password=None)
        request = request_of(user)

        assert middleware(request).content == b"none"
        assert request.actor.permissions == frozenset()

    def test_says_that_what_is_out_of_scope_does_not_exist(self, middleware):
        with pytest.raises(Http404):
            middleware.process_exception(HttpRequest(), ObjectDoesNotExist())

    def test_lets_other_faults_through(self, middleware):
        assert middleware.process_exception(HttpRequest(), ValueError("a fault")) is None
