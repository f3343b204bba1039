"""Labels of venues: short, and never the name of something else."""

import pytest
from papers.model.dates import PartialDate
from papers.model.names import Author
from papers.model.paper import Paper

YEAR = 2020


def paper(venue: str, type_: str = "paper-conference", **values) -> Paper:
    """Return a paper in a venue."""
    author, date = Author("A"), PartialDate(YEAR)
    return Paper(
        key="k", title="T", authors=(author,), date=date, type=type_, venue=venue, **values
    )


def label(venue: str, type_: str = "paper-conference", **values) -> str:
    """Return the label of a paper in a venue."""
    return paper(venue, type_, **values).venue_label


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
         "DAFx 2020"),
        ("FAT* '20: Conference on Fairness, Accountability, and Transparency, Barcelona, Spain, "
         "January 27-30, 2020", "FAccT 2020"),
        ("Proceedings of the 2019 on Designing Interactive Systems Conference",
         "DIS 2019"),
        ("Proceedings of the 2nd International Conference on Stones, Sand and Gravel",
         "International Conference on Stones, Sand and Gravel 2020"),
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
        ("Baltic Conference on Machine Learning", "paper-conference",
         "Baltic Conference on Machine Learning 2020"),
        ("International Conference on Machine Learning and Cybernetics", "paper-conference",
         "International Conference on Machine Learning and Cybernetics 2020"),
        ("Proc. ACM Program. Lang.", "article-journal", "Proc. ACM Program. Lang. 2020"),
        ("Proceedings of the Royal Society A: Mathematical, Physical and Engineering Sciences",
         "article-journal", "Proceedings of the Royal Society A 2020"),
        ("Journal of Stones (USA)", "article-journal", "Journal of Stones (USA) 2020"),
        ("Integr. Biol. (United Kingdom)", "article-journal",
         "Integr. Biol. (United Kingdom) 2020"),
        ("University of São Paulo (ICMC-USP)", "thesis", "University of São Paulo (ICMC-USP) 2020"),
        ("CHI 1999–2001", "paper-conference", "CHI 1999–2001"),
        ("第二十届全国计算语言学学术会议论文集", "paper-conference",
         "第二十届全国计算语言学学术会议论文集 2020"),
        ("中国科学：信息科学", "article-journal", "中国科学：信息科学 2020"),
    ],
)  # fmt: skip
def test_names_that_stay(venue, type_, expected):
    """The name of a journal or another venue is mistaken for one that is similar."""
    assert label(venue, type_) == expected


@pytest.mark.parametrize(
    ("venue", "short"),
    [
        # OpenReview
        ("The Twelfth International Conference on Learning Representations", "ICLR 2020"),
        ("Thirty-seventh Conference on Neural Information Processing Systems Datasets and "
         "Benchmarks Track", "NeurIPS 2020"),
        ("First Conference on Language Modeling", "COLM 2020"),
        # What organizes it, one word, two digits, a number behind the name
        ("Proceedings of the 30th ACM/SIGAPP Symposium On Applied Computing (ACM SAC)", "SAC 2020"),
        ("29th ACM International Conference on Multimedia (ACM MM '21)", "ACM MM 2021"),
        ("Proceedings of the 21st International Middleware Conference (Middleware '20)",
         "Middleware 2020"),
        ("Conference on Stones (Paris 2019)", "Conference on Stones (Paris 2019)"),
        ("Modélisation des systèmes réactifs (MSR 20)", "MSR 2020"),
        ("30th USENIX Security Symposium (USENIX Security 20)", "USENIX Security 2020"),
        ("Proceedings of the ACM/IEEE Conference on Human-Robot Interaction (HRI20)", "HRI 2020"),
        ("European Wireless 2023; 28th European Wireless Conference", "European Wireless 2023"),
        ("Robotics: Science and Systems XVII", "RSS 2020"),
        ("2013 ICMC - Conference on Music of Computers", "ICMC 2013"),
        ("In CVPR 2020", "CVPR 2020"),
        ("CoRR abs/2001.00001", "arXiv 2020"),
        ("In the proceedings of Proceedings of the 5th International Conference on Stones and Sand",
         "International Conference on Stones and Sand 2020"),
        ("In Vivo", "In Vivo 2020"),
        ("Proceedings of the IEEE 24th International Requirements Engineering Conference (RE)",
         "RE 2020"),
        ("Financial Cryptography and Data Security - 25th Conference, FC 2021, Virtual", "FC 2021"),
        ("Conference on Stones in Georgia (GA)", "Conference on Stones in Georgia (GA) 2020"),
        ("Journal of Automated Stones, 36(1-2):85-124", "Journal of Automated Stones 2020"),
        ("Applications of Stones, pages 283–302. Springer", "Applications of Stones 2020"),
        # Workshops and companions are not the conference.
        ("Proceedings of the Genetic and Evolutionary Computation Conference Companion",
         "GECCO Companion 2020"),
        ("Proceedings of the 13th International Stones and Sand workshop (StSa)", "StSa 2020"),
        ("Workshop on Stones and Sand, ICML 2021", "ICML Workshop 2021"),
        ("Workshop on Stones, SToneS 2021, Paris", "SToneS 2021"),
        ("Machine Learning for Images of Stones, MICCAI workshop 2019", "MICCAI Workshop 2019"),
        ("HotNets '20: The 19th ACM Workshop on Hot Topics in Networks", "HotNets 2020"),
        ("MODELS'23: Conference on Model Driven Engineering. Workshop on Stones",
         "MODELS Workshop 2023"),
        ("International Workshop on Biomedical Image Registration (WBIR)", "WBIR 2020"),
        ("Companion of the 2021 ACM/IEEE International Conference on Human-Robot Interaction "
         "(HRI '21 Companion)", "HRI Companion 2021"),
        ("CHI '21: CHI Conference on Human Factors in Computing Systems, Yokohama, Extended "
         "Abstracts", "CHI Extended Abstracts 2021"),
        # Catalogue numbers and stages
        ("[1989] Proceedings. Fourth Annual Symposium on Logic in Computer Science", "LICS 1989"),
        ("Proceedings 2001 Conference on Sand and Stones in Image Processing (Cat. No.01CH37205)",
         "Conference on Sand and Stones in Image Processing 2001"),
        ("Journal of Stones (to appear)", "Journal of Stones 2020"),
        # Too long for a line
        ("International Conference on Computational Methods in the Engineering of Stones - Marine",
         "Int. Conf. on Computational Methods in the Engineering of Stones 2020"),
        ("Horizons of the Mind. A Tribute to P. P.: Essays on the Occasion of His Birthday",
         "Horizons of the Mind. A Tribute to P. P. 2020"),
        ("Ogólnopolska Konferencja Naukowo-Techniczna „Modelowanie podróży i prognozowanie ruchu”",
         "Ogólnopolska Konferencja Naukowo-Techniczna „Modelowanie… 2020"),
        ("全国" * 40, "全国" * 15 + "全… 2020"),
        ("日本音響学会 2022年春季研究発表会", "日本音響学会 2022年春季研究発表会"),
        ("-", "2020"),
    ],
)  # fmt: skip
def test_labels_of_all_sorts(venue, short):
    """A label is too long, has the year twice, or names the conference of a workshop."""
    assert label(venue) == short


@pytest.mark.parametrize(
    ("venue_short", "expected"),
    [
        ("ICLR 2026", "ICLR 2026"), ("ICLR'26", "ICLR 2026"), ("CSE20", "CSE 2020"),
        ("CSE 20", "CSE 2020"), ("LACAM-20", "LACAM 2020"), ("DD29", "DD29 2020"),
        ("CASML@2024", "CASML 2024"), ("GAMM 2020@21", "GAMM 2020@21"), ("S&P", "S&P 2020"),
        # al-folio's badges of the type
        ("conference", "NeurIPS 2020"), ("Book chapter", "NeurIPS 2020"),
        ("NeurIPS (Spotlight)", "NeurIPS 2020"),
    ],
)  # fmt: skip
def test_short_names_of_entries(venue_short, expected):
    """A short name has the year twice, or is that of a type."""
    venue = "Advances in Neural Information Processing Systems"
    assert label(venue, venue_short=venue_short) == expected


@pytest.mark.parametrize(
    ("venue", "series"),
    [
        ("ICML 2021", "ICML"), ("ICML'22", "ICML"), ("ICML 2023 (Oral)", "ICML"),
        ("38th International Conference on Machine Learning (ICML 2021)", "ICML"),
        ("Workshop on Sand and Stones in Learning at ICML 2021", "ICML Workshop"),
        ("Conference on Stones (2019)", "Conference on Stones"),
        ("日本音響学会 2022年春季研究発表会", "日本音響学会 春季研究発表会"), ("2014", ""),
    ],
)  # fmt: skip
def test_series(venue, series):
    """Two years of a venue are two venues to filter by."""
    assert paper(venue).venue_series == series


@pytest.mark.parametrize(
    ("venue", "values", "honours"),
    [
        ("ICLR 2024 (oral)", {}, ("Oral",)),
        ("ICML 2021, Long Oral", {"award": "Best paper"}, ("Long Oral", "Best paper")),
        ("NeurIPS (Spotlight)", {"presentation": "Oral"}, ("Oral",)),
        ("CVPR (Highlight)", {}, ("Highlight",)),
        ("Journal of Oral Health", {}, ()),
    ],
)
def test_presentation_in_a_venue(venue, values, honours):
    """What a venue says of the presentation is in its label, or is lost."""
    assert paper(venue, **values).honours == honours
    assert not any(honour in paper(venue, **values).venue_label for honour in honours)


def test_short_name_of_the_author():
    """The short name that a person wrote is replaced."""
    venue = f"Proceedings of the 58th Annual Meeting of the {ACL}"
    assert label(venue, venue_short="ACL Main") == "ACL Main 2020"


def test_long_text():
    """A venue of a hundred thousand signs takes minutes."""
    for part in ("A", "(AB", "A-", "Workshop ", "A B, ", "AB'20 "):
        assert label(part * 100_000)
