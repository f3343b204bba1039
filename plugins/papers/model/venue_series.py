"""The series of known venues, found by words of their names."""

import re
from functools import cache

_ACL = "(?:association for computational linguistics|acl)"
_START = r"^(?:proceedings of the )?(?:[\w-]+ ){0,3}"
# Of two series in one name, the first of this table counts.
_SERIES = {
    # Language
    "AACL": f"asia-pacific chapter of the {_ACL}",
    "EACL": f"european chapter of the {_ACL}",
    "NAACL": f"(?:north|nations of the) americas?n? chapter of the {_ACL}",
    "ACL": f"annual meeting of the {_ACL}",
    "EMNLP": "empirical methods in natural language processing",
    "CoNLL": "computational natural language learning|natural language learning",
    "COLING": "conference on computational linguistics",
    "LREC": "language resources and evaluation(?: conference)?",
    "SemEval": f"{_START}workshop on semantic evaluations?",
    "WMT": f"{_START}(?:conference|workshop) on (?:statistical )?machine translation",
    "COLM": "conference on language modeling",
    "TACL": "^transactions of the association for computational linguistics",
    "Interspeech": "international speech communication association",
    "ICASSP": "acoustics,? speech,? (?:and|&) signal processing",
    "TASLP": "^ieee(?:/acm)? transactions on audio,? speech,? (?:and|&) language processing",
    # Learning and artificial intelligence
    "AAAI": "aaai conference on artificial intelligence",
    "NeurIPS": "(?:advances in|conference on) neural information processing systems"
    "|^neural information processing systems",
    "ICML": "international conference on machine learning",
    "ICLR": "international conference on learning representations",
    "COLT": "(?:conference|workshop) on (?:computational )?learning theory",
    "ALT": "international conference on algorithmic learning theory",
    "AISTATS": "artificial intelligence and statistics",
    "UAI": "uncertainty in artificial intelligence",
    "ACML": "asian conference on machine learning",
    "ECML PKDD": "european conference on machine learning and (?:principles and practice of )?"
    "knowledge discovery in databases",
    "CoLLAs": "conference on lifelong learning agents",
    "L4DC": "learning for dynamics and control(?: conference)?",
    "RLC": "reinforcement learning conference",
    "EWRL": "european workshop on reinforcement learning",
    "MIDL": "medical imaging with deep learning",
    "MLHC": "machine learning for health ?care(?: conference)?",
    "CHIL": "conference on health, inference,? and learning",
    "IJCAI": "international joint conferences? on artificial intelligence",
    "ECAI": "european conference on artificial intelligence",
    "AIES": "conference on ai,? ethics,? and society",
    "FAccT": "conference on fairness,? accountability,? and transparency",
    "AAMAS": "autonomous agents and multi-?agent systems",
    "ICAPS": "automated planning and scheduling",
    "JMLR": "^journal of machine learning research",
    "TMLR": "^transactions (?:on|of) machine learning research",
    "JAIR": "^journal of artificial intelligence research",
    "TPAMI": "^ieee transactions on pattern analysis (?:and|&) machine intelligence",
    "TNNLS": "^ieee transactions on neural networks (?:and|&) learning systems",
    "TKDE": "^ieee transactions on knowledge (?:and|&) data engineering",
    # Robots
    "CoRL": "conference on robot learning",
    "RSS": "robotics: science and systems",
    "ICRA": "international conference on robotics and automation",
    "IROS": "intelligent robots and systems",
    "HRI": "international conference on human-robot interaction",
    "RO-MAN": "robot and human interactive communication",
    "RA-L": "^(?:ieee )?robotics and automation letters",
    "IJRR": "^(?:the )?international journal of robotics research",
    # Images
    "CVPR": "conference on computer vision and pattern recognition",
    "ICCV": "international conference on computer vision",
    "ECCV": "european conference on computer vision",
    "ACCV": "asian conference on computer vision",
    "WACV": "applications of computer vision",
    "BMVC": "british machine vision conference",
    "3DV": "international conference on 3d vision",
    "ICIP": "international conference on image processing",
    "ACM MM": "acm international conference on multimedia",
    "SIGGRAPH Asia": "^siggraph asia",
    "IJCV": "^international journal of computer vision",
    "TIP": "^ieee transactions on image processing",
    "TVCG": "^ieee transactions on visualization (?:and|&) computer graphics",
    "TCSVT": "^ieee transactions on circuits (?:and|&) systems for video technology",
    "TOG": "^acm transactions on graphics|^acm trans\\. graph\\.",
    "MICCAI": "medical image computing and computer[- ]assisted intervention",
    "ISBI": "international symposium on biomedical imaging",
    "TMI": "^ieee transactions on medical imaging",
    "IJCARS": "^international journal of computer assisted radiology and surgery",
    # Data and the web
    "KDD": "knowledge discovery (?:and|&) data mining|knowledge discovery in data mining",
    "WWW": "(?:acm )?web conference|(?:international )?world wide web conference"
    "|international conference on world wide web",
    "SIGIR": "research and development in information retrieval",
    "CIKM": "information (?:and|&) knowledge management",
    "WSDM": "web search and data mining",
    "RecSys": "conference on recommender systems",
    "SIGMOD": "international conference on management of data",
    "ICDE": "international conference on data engineering",
    "PVLDB": "^proceedings of the vldb endowment|^proc\\. vldb endow\\.?",
    # People
    "CHI": "human factors in computing systems",
    "NordiCHI": "nordic (?:conference on )?human-computer interaction(?: conference)?",
    "OzCHI": "australian conference on (?:human-)?computer[- ]human[- ]interaction"
    "|australian conference on human-computer[- ]interaction",
    "CSCW": "computer[- ]supported cooperative work(?: (?:and|&) social computing)?",
    "UIST": "user interface software and technology",
    "IUI": "conference on intelligent user interfaces",
    "DIS": "designing interactive systems(?: conference)?",
    "IDC": "interaction design and children(?: conference)?",
    "ASSETS": "conference on computers and accessibility",
    "HAI": "international conference on human-agent interaction",
    "ISMAR": "mixed and augmented reality",
    "PACMHCI": "^proceedings of the acm on human-computer interaction",
    "IMWUT": "^proceedings of the acm on interactive, mobile, wearable and ubiquitous technologies",
    "CogSci": "annual (?:meeting|conference) of the cognitive science society",
    "ISMIR": "international society for music information retrieval(?: conference)?",
    "ICMC": "international computer music conference",
    "SMC": "sound and music computing conference",
    "DAFx": "international conference on digital audio effects",
    # Programs
    "PACMPL": "^proceedings of the acm on programming languages",
    "PLDI": "programming language design and implementation",
    "POPL": "principles of programming languages",
    "ICFP": "international conference on functional programming",
    "ECOOP": "european conference on object-oriented programming",
    "FoSSaCS": "foundations of software science and computation(?:al)? structures",
    "TACAS": "tools and algorithms for the construction and analysis of systems",
    "LICS": "symposium on logic in computer science",
    "CSL": "annual conference on computer science logic",
    "CONCUR": "international conference on concurrency theory",
    "CAV": "international conference on computer[- ]aided verification",
    "LPAR": "logic for programming,? artificial intelligence,? and reasoning",
    "ICSE": "international conference on software engineering",
    "ASE": "international conference on automated software engineering",
    "ISSTA": "international symposium on software testing and analysis",
    "MODELS": "model driven engineering languages and systems",
    "SPLC": "systems and software product line conference",
    "SciPy": "python in science conference",
    "TSE": "^ieee transactions on software engineering",
    "TOSEM": "^acm transactions on software engineering and methodology",
    "JOSS": "^journal of open source software",
    # Systems and networks
    "SOSP": "symposium on operating systems principles",
    "OSDI": "operating systems design and implementation",
    "NSDI": "networked systems design and implementation",
    "EuroSys": "european conference on computer systems",
    "ASPLOS": "architectural support for programming languages and operating systems",
    "ISCA": "international symposium on computer architecture",
    "HPCA": "high[- ]performance computer architecture",
    "IPDPS": "international parallel and distributed processing symposium",
    "DATE": "design,? automation (?:and|&) test in europe(?: conference)?"
    "(?: (?:and|&) exhibition)?",
    "INFOCOM": "ieee conference on computer communications",
    "IMC": "internet measurement conference",
    "ICC": "ieee international conference on communications",
    # Security
    "CCS": "conference on computer and communications security",
    "EuroS&P": "european symposium on security and privacy",
    "S&P": "symposium on security and privacy",
    "USENIX Security": "usenix security symposium",
    "NDSS": "network and distributed system security(?: symposium)?",
    "PETS": "^proceedings on privacy enhancing technologies"
    "|privacy enhancing technologies symposium",
    "CSF": "computer security foundations symposium",
    "CRYPTO": "international cryptology conference",
    "EUROCRYPT": "theory and applications? of cryptographic techniques",
    "ASIACRYPT": "theory and applications? of cryptology and information security",
    # Theory
    "STOC": "symposium on (?:the )?theory of computing",
    "FOCS": "symposium on foundations of computer science",
    "SODA": "symposium on discrete algorithms",
    "ICALP": "international colloquium on automata,? languages,? and programming"
    "|^automata,? languages,? and programming",
    "SoCG": "symposium on computational geometry",
    "STACS": "symposium on theoretical aspects of computer science",
    "ITCS": "innovations in theoretical computer science(?: conference)?",
    "PPSN": "parallel problem solving from nature",
    "GECCO": "genetic and evolutionary computation conference",
    # Science
    "PNAS": "^proceedings of the national academy of sciences",
    "MNRAS": "^monthly notices of the royal astronomical society",
    "ApJL": "^(?:the )?astrophysical journal,? letters",
    "ApJS": "^(?:the )?astrophysical journal,? supplement(?: series)?",
    "ApJ": "^(?:the )?astrophysical journal",
    "PASP": "^publications of the astronomical society of the pacific",
    "PASA": "^publications of the astronomical society of australia",
    "JCAP": "^journal of cosmology and astroparticle physics",
    "JHEP": "^journal of high energy physics",
    "CMAME": "^computer methods in applied mechanics and engineering",
    "IJNME": "^international journal for numerical methods in engineering",
    "IJNMF": "^international journal for numerical methods in fluids",
    "IJNMBE": "^international journal for numerical methods in biomedical engineering",
    "PAMM": "^proceedings in applied mathematics and mechanics",
}  # fmt: skip
# What may follow a series' name, so that another venue whose name goes on is not mistaken for it.
_END = (
    r"(?= *(?:$|[,:;.()–—-]|\d|of the (?:usa|united states)|workshops?\b|companion\b|track\b|"
    r"datasets and benchmarks|extended abstracts|[ivxl]+(?=$|[,;:(])|"
    r"and (?:the )?\d|(?:19|20)\d\d))"
)


def find_series(venue: str) -> str | None:
    """Return the short name of the first series of the table that a venue's name holds."""
    numbers = [match.lastindex or 0 for match in _series_pattern().finditer(venue.lower())]
    return list(_SERIES)[min(numbers) - 1] if numbers else None


@cache
def _series_pattern() -> re.Pattern:
    """Return a pattern for names in lower case, with a group for each series.

    It is large: few sites need it, and to compile it for any case takes three times as long.
    """
    words = "|".join(f"({words})" for words in _SERIES.values())
    return re.compile(rf"(?:(?<=\W)|^)(?:{words}){_END}")
