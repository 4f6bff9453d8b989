"""Where the pages of the desk are."""

from django.urls import include, path

from rogatory.web.views import ask, cases, desk, drafts, evidence, keeper, reference

urlpatterns = [
    path("", desk.home, name="desk"),
    path("lists/", desk.lists, name="desk-lists"),
    path("requests/new/", drafts.start, name="request-new"),
    path("ask/", ask.ask, name="ask"),
    path("ask/draft/", ask.draft, name="ask-draft"),
    path("drafts/<str:id>/", drafts.show, name="draft"),
    path("drafts/<str:id>/write/", drafts.write, name="draft-write"),
    path("drafts/<str:id>/opinion/", drafts.opinion, name="draft-opinion"),
    path("drafts/<str:id>/submit/", drafts.submit, name="draft-submit"),
    path("drafts/<str:id>/approve/", drafts.approve, name="draft-approve"),
    path("drafts/<str:id>/send-back/", drafts.send_back, name="draft-send-back"),
    path("drafts/<str:id>/discard/", drafts.discard, name="draft-discard"),
    path("cases/<str:case>/", cases.show, name="case"),
    path("cases/<str:case>/pulse/", cases.beat, name="case-pulse"),
    path("cases/<str:case>/answers/", cases.answer, name="case-answer"),
    path("cases/<str:case>/step/", cases.step, name="case-step"),
    path("cases/<str:case>/follow-up/", drafts.follow_up, name="case-follow-up"),
    path("cases/<str:case>/seal/", evidence.seal, name="exhibit-seal"),
    path("cases/<str:case>/exhibits/<str:id>/hand-over/", evidence.propose, name="exhibit-propose"),
    path("cases/<str:case>/bundle/", evidence.bundle, name="case-bundle"),
    path("exhibits/<str:id>/open/", evidence.open_exhibit, name="exhibit-open"),
    path("deliveries/<str:id>/retry/", cases.retry, name="delivery-retry"),
    path("deliveries/<str:id>/withdraw/", cases.withdraw, name="delivery-withdraw"),
    path("law/", reference.law, name="law"),
    path("law/<str:instrument>/", reference.instrument, name="law-instrument"),
    path("law/<str:instrument>/<str:number>/", reference.provision, name="provision"),
    path("partners/", keeper.all_partners, name="partners"),
    path("partners/own-card/", keeper.own_card, name="own-card"),
    path("node/", keeper.facts, name="facts"),
    path("record/", keeper.record, name="record"),
    path("people/", include("rogatory.office.urls")),
]
