"""Labels of venues: short, and never the name of something else."""

import pytest
from papers.model.dates import PartialDate
from papers.model.names import Author
from papers.model.paper import Paper

YEAR = 2020


def label(venue: str, type_: str = "paper-conference", **values) -> str:
    """Return the label of a paper in a venue."""
    author, date = Author("A"), PartialDate(YEAR)
    return Paper(
        key="k", title="T", authors=(author,), date=date, type=type_, venue=venue, **values
    ).venue_label


ACL = "Association for Computational Linguistics"


@pytest.mark.parametrize(
    ("venue", "short"),
    [
        # DBLP
        (f"Proceedings of the 58th Annual Meeting of the {ACL}, ACL 2020, Online, July "
         "5-10, 2020",
         "ACL 2020"),
        ("2018 IEEE/CVF Conference on Computer Vision and Pattern Recognition, CVPR 2018, Salt "
         "Lake City, UT, USA, June 18-22, 2018", "CVPR 2018"),
        ("Computer Vision - ECCV 2020 - 16th European Conference, Glasgow, UK, August 23-28, 2020, "
         "Proceedings, Part I", "ECCV 2020"),
        ("KDD '20: The 26th ACM SIGKDD Conference on Knowledge Discovery and Data Mining, Virtual "
         "Event, CA, USA, August 23-27, 2020", "KDD 2020"),
        ("Advances in Neural Information Processing Systems 33: Annual Conference on Neural "
         "Information Processing Systems 2020, NeurIPS 2020, December 6-12, 2020, virtual",
         "NeurIPS 2020"),
        ("Advances in Neural Information Processing Systems 30: Annual Conference on Neural "
         "Information Processing Systems 2017, December 4-9, 2017, Long Beach, CA, USA",
         "NeurIPS 2017"),
        ("Proceedings of the 5th Workshop on Representation Learning for NLP, RepL4NLP@ACL 2020, "
         "Online, July 9, 2020", "RepL4NLP@ACL 2020"),
        ("Interspeech 2020, 21st Annual Conference of the International Speech Communication "
         "Association, Virtual Event, Shanghai, China, 25-29 October 2020", "Interspeech 2020"),
        ("ESEC/FSE '20: 28th ACM Joint European Software Engineering Conference, Virtual Event",
         "ESEC/FSE 2020"),
        ("Medical Image Computing and Computer Assisted Intervention - MICCAI 2019 - 22nd "
         "International Conference, Shenzhen, China", "MICCAI 2019"),
        ("30th Stone Conference, Seattle 2020, Proceedings of the Papers", "Stone Conference 2020"),
        # The ACL's anthology
        (f"Proceedings of the 58th Annual Meeting of the {ACL}", "ACL 2020"),
        (f"Proceedings of the 59th Annual Meeting of the {ACL} and the 11th International Joint "
         "Conference on Natural Language Processing (Volume 1: Long Papers)", "ACL 2020"),
        ("Proceedings of the 2020 Conference on Empirical Methods in Natural Language Processing "
         "(EMNLP)", "EMNLP 2020"),
        ("Proceedings of the 2019 Conference on Empirical Methods in Natural Language Processing "
         "and the 9th International Joint Conference on Natural Language Processing "
         "(EMNLP-IJCNLP)", "EMNLP-IJCNLP 2019"),
        (f"Proceedings of the 2019 Conference of the North American Chapter of the {ACL}: Human "
         "Language Technologies, Volume 1 (Long and Short Papers)", "NAACL 2019"),
        (f"Findings of the {ACL}: EMNLP 2020", "Findings of EMNLP 2020"),
        (f"Findings of the {ACL}: ACL-IJCNLP 2021", "Findings of ACL-IJCNLP 2021"),
        ("Proceedings of the Fifth Conference on Machine Translation", "WMT 2020"),
        ("Proceedings of the Fourteenth Workshop on Semantic Evaluation", "SemEval 2020"),
        ("Proceedings of the 28th International Conference on Computational Linguistics",
         "COLING 2020"),
        ("Proceedings of the 12th Language Resources and Evaluation Conference", "LREC 2020"),
        # In parentheses
        ("International Conference on Machine Learning (ICML 2021)", "ICML 2021"),
        ("Proceedings of the Genetic and Evolutionary Computation Conference (GECCO'25)",
         "GECCO 2025"),
        ("Proceedings of the 25th Conference on Agents, AAMAS'26", "AAMAS 2026"),
        ("2023 ACM/IEEE 26th International Conference on Model Driven Engineering "
         "Languages and Systems (MODELS)",
         "MODELS 2023"),
        ("29th IEEE Conference on Robot and Human Interactive Communication （RO-MAN）",
         "RO-MAN 2020"),
        ("8th International Workshop on Reduction Strategies (WRS 2008)", "WRS 2008"),
        ("Proceedings of ACL 2020", "ACL 2020"),
        ("In Proceedings of the ICML", "ICML 2020"),
        # Known series
        ("Proceedings of the 37th International Conference on Machine Learning", "ICML 2020"),
        ("Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition "
         "Workshops", "CVPR Workshop 2020"),
        ("Proceedings of the AAAI Conference on Artificial Intelligence", "AAAI 2020"),
        ("Proceedings of the Web Conference 2020", "WWW 2020"),
        # Workshops: the acronym may be that of a part.
        ("ICAPS 2020 Workshop on Bridging the Gap Between Planning and Learning (PRL)",
         "ICAPS Workshop 2020"),
        ("Workshop on Adaptive Experimental Design and Learning (AEDL) at NeurIPS 2019",
         "NeurIPS Workshop 2019"),
        ("NeurIPS 2019 Deep Reinforcement Learning Workshop", "NeurIPS Workshop 2019"),
        ("Companion Proceedings of the Web Conference 2020", "WWW Companion 2020"),
        ("Workshop on Planning and Reinforcement Learning (PRL)",
         "Workshop on Planning and Reinforcement Learning (PRL) 2020"),
        # Without an acronym
        ("Proceedings of the 22nd International Conference on Digital Audio Effects",
         "International Conference on Digital Audio Effects 2020"),
        ("FAT* '20: Conference on Fairness, Accountability, and Transparency, Barcelona, Spain, "
         "January 27-30, 2020", "Conference on Fairness, Accountability, and Transparency 2020"),
        ("Proceedings of the 2019 on Designing Interactive Systems Conference",
         "Designing Interactive Systems Conference 2019"),
        ("Proceedings of the 9th Symposium on Stones, Paris, France, June 3-5, 2019",
         "Symposium on Stones 2019"),
    ],
)  # fmt: skip
def test_long_venues(venue, short):
    """The title of a volume of proceedings is the label of a paper, over several lines."""
    assert label(venue) == short


@pytest.mark.parametrize(
    ("venue", "type_", "expected"),
    [
        ("Asian Conference on Machine Learning", "paper-conference",
         "Asian Conference on Machine Learning 2020"),
        ("International Conference on Machine Learning and Cybernetics", "paper-conference",
         "International Conference on Machine Learning and Cybernetics 2020"),
        ("Proc. ACM Program. Lang.", "article-journal", "Proc. ACM Program. Lang. 2020"),
        ("Proceedings of the Royal Society A: Mathematical, Physical and Engineering Sciences",
         "article-journal",
         "Proceedings of the Royal Society A: Mathematical, Physical and Engineering Sciences "
         "2020"),
        ("Journal of Stones (USA)", "article-journal", "Journal of Stones (USA) 2020"),
        ("Integr. Biol. (United Kingdom)", "article-journal",
         "Integr. Biol. (United Kingdom) 2020"),
        ("University of São Paulo (ICMC-USP)", "thesis", "University of São Paulo (ICMC-USP) 2020"),
        ("CHI 1999–2001", "paper-conference", "CHI 1999–2001"),
        ("ICLR 2024 (oral)", "paper-conference", "ICLR 2024 (oral)"),
        ("第二十届全国计算语言学学术会议论文集", "paper-conference",
         "第二十届全国计算语言学学术会议论文集 2020"),
        ("中国科学：信息科学", "article-journal", "中国科学：信息科学 2020"),
    ],
)  # fmt: skip
def test_names_that_stay(venue, type_, expected):
    """The name of a journal or another venue is mistaken for one that is similar."""
    assert label(venue, type_) == expected


def test_short_name_of_the_author():
    """The short name that a person wrote is replaced."""
    venue = f"Proceedings of the 58th Annual Meeting of the {ACL}"
    assert label(venue, venue_short="ACL Main") == "ACL Main 2020"


def test_long_text():
    """A venue of a hundred thousand signs takes minutes."""
    for part in ("A", "(AB", "A-", "Workshop ", "A B, ", "AB'20 "):
        assert label(part * 100_000)
