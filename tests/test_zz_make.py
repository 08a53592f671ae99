import cProfile, pstats, io, time
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import *
from tests import factories as F
pytestmark = pytest.mark.django_db
def prof(name, fn, n=20):
    fn(); fn()
    with CaptureQueriesContext(connection) as q: fn()
    t=time.thread_time()
    for _ in range(n): fn()
    d=(time.thread_time()-t)/n*1000
    print(f"{name:40} {len(q):4} queries {d:7.2f} ms", flush=True)
    return q
def test_it():
    q=prof("ConceptVersionFactory()", lambda: ConceptVersionFactory())
    q2=prof("ConceptVersionFactory(published)", lambda: ConceptVersionFactory(published=True))
    for x in q2.captured_queries: print("   ",x["sql"][:230])
    q=prof("PartnerFactory", PartnerFactory)
    q=prof("CoverageAreaFactory", CoverageAreaFactory)
    q=prof("CitationFactory", CitationFactory)
    q=prof("CoverageFactory", CoverageFactory)
    for x in q.captured_queries: print("   ",x["sql"][:230])
    from governance import derived
    q=prof("derived.rebuild", derived.rebuild)
    for x in q.captured_queries: print("   ",x["sql"][:130])
    from tests.desk import editor
    i=iter(range(1000))
    q=prof("editor", lambda: editor("eindredacteur", username=f"e{next(i)}"))
    for x in q.captured_queries: print("   ",x["sql"][:230])
