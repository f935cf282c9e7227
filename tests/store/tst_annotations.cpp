// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"

#include "store/Annotations.h"
#include "store/Facets.h"
#include "store/Migrations.h"
#include "store/StoreFile.h"

#include <QSignalSpy>
#include <algorithm>

using namespace octotrail;
using namespace octotrail::test;
using namespace Qt::StringLiterals;
using store::Annotation;
using store::AnnotationChange;
using store::AnnotationEdit;
using store::Annotations;
using store::Seq;

/// Bookmarks, tags and notes on events, as the analyst makes them, undoes them, and asks for them.
class TestAnnotations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void editsAndUndoes();
    void staysInTheFile();
    void isAskedByFilters();
    void isCounted();
    void refusesTooMuch();
    void mergesWhatComesFromElsewhere();
    void findsEventsThatCameBack();
    void migrates();
};

namespace {

AnnotationEdit bookmark()
{
    AnnotationEdit edit;
    edit.bookmarked = true;
    return edit;
}

AnnotationEdit tag(const QStringList &tags)
{
    AnnotationEdit edit;
    edit.addTags = tags;
    return edit;
}

AnnotationEdit note(const QString &text)
{
    AnnotationEdit edit;
    edit.note = text;
    return edit;
}

std::vector<Seq> found(Case &c, const char *filter)
{
    std::vector<Seq> seqs = searchAll(c.store(), query(filter)).seqs;
    std::ranges::sort(seqs);
    return seqs;
}

} // namespace

void TestAnnotations::editsAndUndoes()
{
    Case c;
    c.open();
    c.append(events(0, 20));
    Annotations annotations(c.shared());
    Annotations other(c.shared());
    QSignalSpy changed(&other, &Annotations::changed);
    const AnnotationChange made = must(get(annotations.edit({3, 5}, tag({u" Phishing \n kit "_s, u"phishing kit"_s}))));
    QCOMPARE(made.after.size(), 2U);
    QCOMPARE(made.after[0].tags, QStringList{u"Phishing kit"_s});
    QCOMPARE(made.after[0].uuid, QString::fromStdString(uuidOf(2)));
    QVERIFY(made.before[0].isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, 30'000);
    // What is so already is no change.
    QVERIFY(must(get(annotations.edit({3}, tag({u"PHISHING KIT"_s})))).isEmpty());
    must(get(annotations.edit({3}, note(u"  Asked Alice \u2713 \"quoted\"  "_s))));
    must(get(annotations.edit({3}, bookmark())));
    auto all = must(get(annotations.list()));
    QCOMPARE(all.size(), 2U);
    QCOMPARE(all[0].seq, 3);
    QCOMPARE(all[0].note, u"Asked Alice \u2713 \"quoted\""_s);
    QVERIFY(all[0].bookmarked);
    QCOMPARE(all[0].published, publishedOf(2));
    // Undone, it is as it was; done again, as it was then.
    AnnotationEdit removal;
    removal.removeTags = {u"phishing KIT"_s};
    removal.bookmarked = false;
    removal.note = QString();
    const AnnotationChange removed = must(get(annotations.edit({3, 5}, removal)));
    QVERIFY(must(get(annotations.list())).empty());
    QVERIFY(get(annotations.put(removed.before)));
    const auto again = must(get(annotations.list()));
    QCOMPARE(again, all);
    QVERIFY(get(annotations.put(removed.after)));
    QVERIFY(must(get(annotations.list())).empty());
}

void TestAnnotations::staysInTheFile()
{
    Case c;
    c.open();
    c.append(events(0, 20));
    std::vector<Annotation> before;
    {
        Annotations annotations(c.shared());
        must(get(annotations.edit({1, 2, 3}, bookmark())));
        before = must(get(annotations.list()));
    }
    c.reopen();
    QCOMPARE(must(get(Annotations(c.shared()).list())), before);
}

void TestAnnotations::isAskedByFilters()
{
    Case c;
    c.open();
    c.append(events(0, 60));
    Annotations annotations(c.shared());
    QVERIFY(found(c, R"(annotation.bookmarked eq true)").empty());
    must(get(annotations.edit({4, 9}, bookmark())));
    must(get(annotations.edit({9, 11}, tag({u"exfil"_s, u"C2"_s}))));
    must(get(annotations.edit({30}, note(u"call the bank"_s))));
    QCOMPARE(found(c, R"(annotation.bookmarked eq true)"), (std::vector<Seq>{4, 9}));
    QCOMPARE(found(c, R"(annotation.tag eq "EXFIL")"), (std::vector<Seq>{9, 11}));
    QCOMPARE(found(c, R"(annotation.tag pr and annotation.bookmarked eq true)"), (std::vector<Seq>{9}));
    QCOMPARE(found(c, R"(annotation.note co "bank")"), (std::vector<Seq>{30}));
    QCOMPARE(found(c, R"(not (annotation.tag eq "c2"))").size(), 58U);
    // More than a few, and together with what only bytes tell.
    std::vector<Seq> many;
    for (Seq seq = 31; seq <= 50; ++seq) {
        many.push_back(seq);
    }
    must(get(annotations.edit(many, tag({u"many"_s}))));
    QCOMPARE(found(c, R"(annotation.tag eq "many")"), many);
    QCOMPARE(found(c, R"(annotation.tag eq "many" and ~UUID pr)"), many);
    // As a column.
    const auto rows
        = must(get(c.store().rows({9, 30}, {"annotation.tag", "annotation.note", "annotation.bookmarked"})));
    QCOMPARE(rows[0].cells[0], u"C2, exfil"_s);
    QCOMPARE(rows[0].cells[2], u"true"_s);
    QCOMPARE(rows[1].cells[1], u"call the bank"_s);
    QVERIFY(rows[1].cells[0].isNull());
}

void TestAnnotations::isCounted()
{
    Case c;
    c.open();
    c.append(events(0, 60));
    Annotations annotations(c.shared());
    must(get(annotations.edit({1, 2, 3}, tag({u"a"_s}))));
    must(get(annotations.edit({3}, tag({u"b"_s}))));
    store::FacetRequest request;
    request.paths = {"annotation.tag"};
    const auto facet = must(get(store::Facets(c.store()).count(request)));
    QCOMPARE(facet.distinct, 2);
    QCOMPARE(facet.missing, 57);
    QCOMPARE(facet.values[1].value, "a");
    QCOMPARE(facet.values[1].count, 3);
    const auto counts = must(get(c.store().countBy(query(R"(annotation.tag eq "a")"), "annotation.tag", 5)));
    QCOMPARE(counts.size(), 2U);
    QCOMPARE(counts[1].value, "b");
}

void TestAnnotations::refusesTooMuch()
{
    Case c;
    c.open();
    c.append(events(0, 3));
    Annotations annotations(c.shared());
    QCOMPARE(get(annotations.edit({1}, note(QString(Annotations::longestNote + 1, u'x')))).error().kind,
        event::ErrorKind::InvalidInput);
    QStringList tags;
    for (int i = 0; i <= Annotations::mostTags; ++i) {
        tags << QString::number(i);
    }
    QCOMPARE(get(annotations.edit({1}, tag(tags))).error().kind, event::ErrorKind::InvalidInput);
    QCOMPARE(get(annotations.edit(std::vector<Seq>(Annotations::mostAtOnce + 1, 1), bookmark())).error().kind,
        event::ErrorKind::InvalidInput);
    QVERIFY(must(get(annotations.list())).empty());
    // An event that is not there is left out.
    QCOMPARE(must(get(annotations.edit({2, 77}, bookmark()))).after.size(), 1U);
}

void TestAnnotations::mergesWhatComesFromElsewhere()
{
    Case c;
    c.open();
    c.append(events(0, 10));
    Annotations annotations(c.shared());
    must(get(annotations.edit({1}, tag({u"mine"_s}))));
    must(get(annotations.edit({1}, note(u"first"_s))));
    const Annotation known{QString::fromStdString(uuidOf(0)), publishedOf(0), 999, true, {u"theirs"_s}, u"second"_s};
    const Annotation other{QString::fromStdString(uuidOf(4)), publishedOf(4), 0, false, {u"theirs"_s}, QString()};
    const Annotation absent{u"nowhere"_s, publishedOf(9), 5, true, {}, {}};
    must(get(annotations.merge({known, other, absent})));
    const auto all = must(get(annotations.list()));
    QCOMPARE(all.size(), 3U);
    QCOMPARE(all[0].tags, (QStringList{u"mine"_s, u"theirs"_s}));
    QCOMPARE(all[0].note, u"first\n\nsecond"_s);
    QVERIFY(all[0].bookmarked);
    QCOMPARE(all[1].seq, 5);
    QCOMPARE(all[2].seq, 0);
    // Once more changes nothing.
    QVERIFY(must(get(annotations.merge({known, other, absent}))).isEmpty());
}

void TestAnnotations::findsEventsThatCameBack()
{
    Case c;
    c.open();
    const auto source = must(get(c.store().putSource({})));
    c.append(events(0, 10), source.id);
    Annotations annotations(c.shared());
    must(get(annotations.edit({4}, bookmark())));
    QVERIFY(get(c.store().removeSource(source.id, true)));
    QCOMPARE(must(get(annotations.list()))[0].seq, 0);
    const store::CommitReport back = c.append(events(0, 10), 2);
    QCOMPARE(must(get(annotations.list()))[0].seq, back.firstSeq + 3);
    QCOMPARE(found(c, "annotation.bookmarked eq true"), std::vector<Seq>{back.firstSeq + 3});
}

void TestAnnotations::migrates()
{
    Case c;
    {
        store::StoreFile::Options options;
        options.steps = store::migrations().first(5);
        QVERIFY(store::StoreFile::open(c.file(), options));
    }
    c.open();
    c.append(events(0, 5));
    Annotations annotations(c.shared());
    must(get(annotations.edit({2}, bookmark())));
    QCOMPARE(must(get(annotations.list())).size(), 1U);
}

QTEST_GUILESS_MAIN(TestAnnotations)
#include "tst_annotations.moc"
