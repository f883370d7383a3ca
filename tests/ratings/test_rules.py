"""The score's arithmetic: weights, half-life, prior, spread, and when it is shown."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.ratings.rules import LEAST_SHOWN, METHOD, Counted, HideGround, Moderation, Proof, score

TODAY = date(2026, 11, 23)
ratings = st.lists(
    st.builds(
        Counted,
        st.integers(1, 5),
        st.sampled_from(Proof),
        st.integers(0, 3650).map(lambda days: TODAY - timedelta(days=days)),
    ),
    max_size=60,
)


def _many(count: int, stars: int, proof: Proof = Proof.PURCHASE, days: int = 0) -> list[Counted]:
    return [Counted(stars, proof, TODAY - timedelta(days=days))] * count


@pytest.mark.parametrize(
    ("given_ratings", "mean"),
    [
        (_many(10, 1), 2.5),
        (_many(10, 1, Proof.VISIT), round((40 + 6) / 16, 1)),
        (_many(10, 1, days=180), round((40 + 5) / 15, 1)),
        (_many(10, 1, days=360), round((40 + 2.5) / 12.5, 1)),
        (_many(10, 1, Proof.VISIT, days=180), round((40 + 3) / 13, 1)),
        (_many(5, 5), round((40 + 25) / 15, 1)),
        (_many(1000, 5), 5.0),
    ],
)
def test_proof_age_and_prior_weigh_as_the_method_says(given_ratings: list[Counted], mean: float) -> None:
    assert score(given_ratings, TODAY).mean == mean


def test_fewer_than_five_show_no_mean_but_their_number() -> None:
    for count in range(LEAST_SHOWN):
        assert (score(_many(count, 1), TODAY).mean, score(_many(count, 1), TODAY).count) == (None, count)
    assert score(_many(LEAST_SHOWN, 1), TODAY).mean is not None


def test_a_rating_of_tomorrow_weighs_like_one_of_today() -> None:
    assert score(_many(9, 1, days=-3), TODAY) == score(_many(9, 1), TODAY)


@given(ratings)
def test_the_spread_counts_every_rating_once(given_ratings: list[Counted]) -> None:
    found = score(given_ratings, TODAY)
    assert sum(found.spread) == found.count == len(given_ratings)
    assert list(found.spread) == [sum(rating.stars == stars for rating in given_ratings) for stars in range(1, 6)]


@given(ratings)
def test_the_mean_lies_between_the_ratings_and_the_prior(given_ratings: list[Counted]) -> None:
    found = score(given_ratings, TODAY).mean
    stars = [rating.stars for rating in given_ratings] + [4]
    assert found is None or min(stars) <= found <= max(stars)


@given(ratings, st.randoms())
def test_the_order_does_not_matter(given_ratings: list[Counted], chance: object) -> None:
    shuffled = list(given_ratings)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert score(shuffled, TODAY) == score(given_ratings, TODAY)


@given(ratings, st.sampled_from(Proof))
def test_one_more_good_rating_never_lowers_the_score(given_ratings: list[Counted], proof: Proof) -> None:
    before, after = score(given_ratings, TODAY).mean, score([*given_ratings, Counted(5, proof, TODAY)], TODAY).mean
    assert before is None or after is None or after >= before


def test_the_published_method_names_the_numbers_that_count() -> None:
    for words in ("计 1", "计 0.6", "180 天", "4.0", "10 个", "不足 5 个"):
        assert words in METHOD
    assert (Proof.PURCHASE.weight, Proof.VISIT.weight) == (1.0, 0.6)


def test_every_ground_for_hiding_has_words_and_every_state_is_known() -> None:
    assert len({ground.zh for ground in HideGround}) == len(HideGround) == 7
    assert set(Moderation) == {"waiting", "published", "in_review", "refused", "hidden", "withdrawn"}
