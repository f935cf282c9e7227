// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Pictures.h"
#include "tests/detect/EngineWorld.h"

#include "detect/RuleStart.h"
#include "ui/editor/BackTestPane.h"
#include "ui/editor/CheckPane.h"
#include "ui/editor/CodeEdit.h"
#include "ui/editor/CompletionPopup.h"
#include "ui/editor/RuleEditor.h"
#include "ui/editor/TextDiff.h"
#include "ui/editor/VersionsPane.h"
#include "ui/style/Appearance.h"
#include "ui/widgets/Banner.h"
#include "ui/window/BannerArea.h"

#include <QAction>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace octotrail;
using namespace octotrail::ui;
using namespace octotrail::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60000;

/// The cursor is where the bar is.
RuleCompletion completeAt(QString text, RuleLanguage language)
{
    const qsizetype cursor = text.indexOf(u'¦');
    text.remove(cursor, 1);
    return completeRule(text, cursor, language);
}

QStringList textsOf(const RuleCompletion &completion)
{
    QStringList texts;
    for (const RuleCandidate &one : completion.candidates) {
        texts << one.text;
    }
    return texts;
}

const QString failureRule = u"title: Failure\n"
                            "id: 5f0c43f5-5f5e-4d2d-8f2f-2f7a8a0f6c11\n"
                            "detection:\n"
                            "  selection:\n"
                            "    eventType: fail\n"
                            "  condition: selection\n"
                            "level: low\n"
                            "alert: {dedup: [actor.alternateId], period: 60m}\n"
                            "tests:\n"
                            "  - name: A failure\n"
                            "    match: true\n"
                            "    events: [{eventType: fail}]\n"_s;

bool clickInBanner(const QWidget &area, const QString &text)
{
    const auto click = [&] {
        for (auto *button : area.findChildren<QPushButton *>()) {
            if (qobject_cast<Banner *>(button->parentWidget()) && button->isVisible() && button->text() == text) {
                QTest::mouseClick(button, Qt::LeftButton);
                return true;
            }
        }
        return false;
    };
    return QTest::qWaitFor(click, patience);
}

/// A store with 600 events, a third of them failures, and an editor on it.
struct World
{
    World()
    {
        auto opened = store::Store::open(folder.filePath(u"case.duckdb"_s));
        if (!opened) {
            qFatal("%s", qPrintable(opened.error().sentence));
        }
        store = *opened;
        store->append({1, engineEvents(0, 600), {}}).waitForFinished();
        editor = std::make_unique<RuleEditor>(store);
        editor->backTest()->setDays(0);
        editor->resize(1200, 720);
        editor->show();
    }

    bool edit(const QString &yaml)
    {
        detect::RuleDraft draft;
        draft.yaml = yaml;
        editor->edit(draft, {});
        return QTest::qWaitFor([&] { return editor->checkPane()->summary() != u"Checking…"_s; }, patience);
    }

    void type(const QString &text) { QTest::keyClicks(editor->yaml()->input(), text); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(editor->yaml()->input(), key, modifiers);
    }

    QTemporaryDir folder;
    std::shared_ptr<store::Store> store;
    std::unique_ptr<RuleEditor> editor;
};

} // namespace

class TestRuleEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_appearance = std::make_unique<Appearance>(*qApp);
        m_appearance->setChoice(Appearance::Choice::Light);
    }

    void completion_data()
    {
        QTest::addColumn<int>("language");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("offered");
        QTest::addColumn<QString>("notOffered");
        const auto row = [](const char *name, RuleLanguage language, const char *text, const char *offered,
                             const char *notOffered = "") {
            QTest::newRow(name) << static_cast<int>(language) << QString::fromUtf8(text) << QString::fromUtf8(offered)
                                << QString::fromUtf8(notOffered);
        };
        const auto sigma = RuleLanguage::Sigma;
        row("attribute", sigma, "title: A\nlev¦", "level", "detection");
        row("attribute at the start", sigma, "¦", "title");
        row("level", sigma, "level: ¦", "critical");
        row("tag", sigma, "tags:\n  - attack.t1110¦", "attack.t1110.003");
        row("selection", sigma, "detection:\n  sel¦", "selection", "title");
        row("field", sigma, "detection:\n  selection:\n    actor.alt¦", "actor.alternateId", "client.ipAddress");
        row("field by part", sigma, "detection:\n  selection:\n    ipAdd¦", "client.ipAddress");
        row("field in a list of maps", sigma, "detection:\n  selection:\n    - eventT¦", "eventType");
        row("modifier", sigma, "detection:\n  selection:\n    actor.alternateId|st¦", "startswith", "actor.id");
        row("event type", sigma, "detection:\n  selection:\n    eventType: user.session.st¦", "user.session.start");
        row("event type in a list", sigma,
            "detection:\n  selection:\n    eventType:\n      - a\n      - user.session.st¦", "user.session.start");
        row("event type with modifier", sigma, "detection:\n  selection:\n    eventType|startswith: user.session.st¦",
            "user.session.start");
        row("outcome", sigma, "detection:\n  selection:\n    eventType: a\n    outcome.result: F¦", "FAILURE");
        row("condition", sigma, "detection:\n  one:\n    a: b\n  condition: o¦", "one");
        row("flow", sigma, "detection: {s: {eventType: user.session.st¦", "user.session.start");
        row("correlation", sigma, "correlation:\n  ty¦", "type", "title");
        row("correlation's type", sigma, "correlation:\n  type: val¦", "value_count");
        row("correlation's rules", sigma, "name: base\n---\ncorrelation:\n  rules: [¦", "base");
        row("group-by", sigma, "correlation:\n  group-by: [client.ip¦", "client.ipAddress");
        row("alert", sigma, "alert:\n  ¦", "dedup", "title: ");
        row("alert's title", sigma, "alert:\n  title: '{actor.alt¦", "actor.alternateId");
        row("test", sigma, "tests:\n  - ¦", "match");
        row("event of a test", sigma, "tests:\n  - name: a\n    events:\n      - eventType: b\n        act¦", "actor");
        row("nested in a test", sigma,
            "tests:\n  - name: a\n    events:\n      - eventType: b\n        actor:\n          alt¦", "alternateId",
            "alert");
        row("value in a test", sigma, "tests:\n  - name: a\n    events:\n      - eventType: user.session.st¦",
            "user.session.start");
        row("flow in a test", sigma, "tests:\n  - name: a\n    events:\n      - {eventType: user.session.st¦",
            "user.session.start");
        row("comment", sigma, "# lev¦", "", "level");
        row("description", sigma, "description: lev¦", "", "level");
        const auto panther = RuleLanguage::PantherYaml;
        row("Panther's attribute", panther, "Rule¦", "RuleID", "title");
        row("Panther's severity", panther, "Severity: ¦", "High");
        row("Panther's log", panther, "Tests:\n  - Name: a\n    Log:\n      outc¦", "outcome");
        const auto python = RuleLanguage::Python;
        row("method", python, "    event.deep¦", "deep_get(");
        row("path", python, "    event.deep_get('actor', 'alt¦", "alternateId");
        row("name", python, "    event.get(\"ev¦", "eventType");
        row("Python's event type", python, "    event.get('eventType') == 'user.session.st¦", "user.session.start");
        row("function", python, "def ti¦", "", "title");
        row("function's start", python, "de¦", "def title(event):");
    }

    void completion()
    {
        QFETCH(int, language);
        QFETCH(QString, text);
        QFETCH(QString, offered);
        QFETCH(QString, notOffered);
        const QStringList texts = textsOf(completeAt(text, static_cast<RuleLanguage>(language)));
        QVERIFY2(offered.isEmpty() || texts.contains(offered), qPrintable(texts.mid(0, 10).join(u", "_s)));
        QVERIFY(notOffered.isEmpty() || !texts.contains(notOffered));
    }

    void everyEventTypeTellsWhatItIs()
    {
        const auto types = completeAt(u"detection:\n  s:\n    eventType: user.session.start¦"_s, RuleLanguage::Sigma);
        // It is there as a whole: nothing to offer but longer ones.
        for (const RuleCandidate &one : types.candidates) {
            QVERIFY(!one.description.isEmpty());
        }
        const auto fields = completeAt(u"detection:\n  s:\n    ¦"_s, RuleLanguage::Sigma);
        QVERIFY(fields.candidates.size() > 40);
        for (const RuleCandidate &one : fields.candidates) {
            QVERIFY2(!one.description.isEmpty(), qPrintable(one.text));
        }
    }

    void differences()
    {
        QVERIFY(diffLines(u"a\nb"_s, u"a\nb"_s).front().kind == DiffLine::Kind::Skipped);
        const auto lines = diffLines(u"1\n2\n3\n4\n5\n6\nold\n8"_s, u"1\n2\n3\n4\n5\n6\nnew\n8\n9"_s, 2);
        QCOMPARE(lines.front().kind, DiffLine::Kind::Skipped);
        QCOMPARE(lines.front().count, 4);
        QStringList shown;
        for (const DiffLine &line : lines) {
            shown << (line.kind == DiffLine::Kind::Added            ? u"+"_s
                             : line.kind == DiffLine::Kind::Removed ? u"-"_s
                                                                    : u" "_s)
                    + line.text;
        }
        QCOMPARE(shown.join(u','), u" , 5, 6,-old,+new, 8,+9"_s);
    }

    void typingIsCheckedAndTested()
    {
        World world;
        QVERIFY(world.edit(failureRule));
        RuleEditor &editor = *world.editor;
        QCOMPARE(editor.checkPane()->summary(), u"The rule can be used. All of its tests pass: 1."_s);
        QTRY_VERIFY_WITH_TIMEOUT(editor.backTest()->figure().contains(u"200 times"_s), patience);
        QTRY_COMPARE_WITH_TIMEOUT(editor.backTest()->list()->topLevelItemCount(), 200, patience);
        QVERIFY(tests::keepPictures(editor, u"rule-editor"_s, *m_appearance));

        // A slip of the finger: the line is marked and told.
        editor.yaml()->goTo(5, 14);
        world.type(u"|x"_s);
        QTRY_VERIFY_WITH_TIMEOUT(editor.checkPane()->summary().contains(u"cannot be used"_s), patience);
        QVERIFY(!editor.yaml()->marks().empty());
        QCOMPARE(editor.yaml()->marks().front().line, 5);
        QVERIFY(editor.yaml()->marks().front().isError);
        QVERIFY(tests::keepPictures(editor, u"rule-editor-error"_s, *m_appearance));
        world.press(Qt::Key_Z, Qt::ControlModifier);
        world.press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(editor.checkPane()->summary().contains(u"All of its tests pass"_s), patience);
        QVERIFY(editor.draft().yaml == failureRule);

        // Another type: the test fails, and the figure is another one.
        editor.yaml()->goTo(5, 20);
        for (int i = 0; i < 4; ++i) {
            world.press(Qt::Key_Backspace);
        }
        world.type(u"good"_s);
        world.press(Qt::Key_Escape);
        QTRY_VERIFY_WITH_TIMEOUT(editor.checkPane()->summary().contains(u"1 of 1 tests fail"_s), patience);
        QTRY_VERIFY_WITH_TIMEOUT(editor.backTest()->figure().contains(u"400 times"_s), patience);
        QSignalSpy events(&editor, &RuleEditor::eventsRequested);
        QTreeWidget *list = editor.backTest()->list();
        QTRY_VERIFY_WITH_TIMEOUT(list->topLevelItemCount() > 0, patience);
        Q_EMIT list->itemActivated(list->topLevelItem(0), 0);
        QCOMPARE(events.size(), 1);
        QCOMPARE(events.first().first().toString(), u"uuid eq \"uuid-599\""_s);
        QCOMPARE(events.first().last().toInt(), 0); // whenever it was
        editor.backTest()->requestAll();
        QCOMPARE(events.last().last().toInt(), editor.backTest()->days());
    }

    void completionIsTyped()
    {
        World world;
        QVERIFY(world.edit(u"detection:\n  selection:\n    \n"_s));
        CodeEdit &code = *world.editor->yaml();
        code.goTo(3, 5);
        world.type(u"actor.alt"_s);
        QTRY_VERIFY_WITH_TIMEOUT(code.isCompleting(), patience);
        QCOMPARE(code.offered().front(), u"actor.alternateId"_s);
        world.press(Qt::Key_Return);
        QVERIFY(!code.isCompleting());
        QVERIFY(code.text().contains(u"    actor.alternateId: \n"_s));
        world.press(Qt::Key_Return);
        world.type(u"eventType: user.session."_s);
        QTRY_VERIFY_WITH_TIMEOUT(code.isCompleting(), patience);
        QVERIFY(code.offered().contains(u"user.session.start"_s));
        QVERIFY(tests::keepPicture(*code.findChild<CompletionPopup *>(), u"rule-completion"_s));
        world.press(Qt::Key_Down);
        world.press(Qt::Key_Escape);
        QVERIFY(!code.isCompleting());
        world.press(Qt::Key_Space, Qt::ControlModifier);
        QVERIFY(code.isCompleting());
        world.press(Qt::Key_Escape);
        // Comments come and go.
        code.goTo(1);
        world.press(Qt::Key_Slash, Qt::ControlModifier);
        QVERIFY(code.text().startsWith(u"# detection:"_s));
        world.press(Qt::Key_Slash, Qt::ControlModifier);
        QVERIFY(code.text().startsWith(u"detection:"_s));
    }

    void versionsAreKeptAndComeBack()
    {
        World world;
        QVERIFY(world.edit(failureRule));
        RuleEditor &editor = *world.editor;
        QVERIFY(!editor.isModified());
        QCOMPARE(editor.state(), u"Not saved yet"_s);
        QSignalSpy saved(&editor, &RuleEditor::saved);
        world.press(Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patience);
        QCOMPARE(editor.origin().kind, RuleOrigin::Kind::Case);
        editor.yaml()->goTo(7, 11);
        for (int i = 0; i < 3; ++i) {
            world.press(Qt::Key_Backspace);
        }
        world.type(u"high"_s);
        world.press(Qt::Key_Escape);
        QVERIFY(editor.isModified());
        QCOMPARE(editor.state(), u"Unsaved changes"_s);
        world.press(Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 2, patience);
        editor.showVersions();
        VersionsPane &versions = *editor.versions();
        QTRY_COMPARE_WITH_TIMEOUT(versions.list()->count(), 2, patience);
        versions.list()->setCurrentRow(1);
        QVERIFY(versions.differences().contains(u"- level: low"_s));
        QVERIFY(versions.differences().contains(u"+ level: high"_s));
        QVERIFY(tests::keepPictures(editor, u"rule-editor-versions"_s, *m_appearance));
        QTest::mouseClick(versions.findChild<QAbstractButton *>(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(editor.draft().yaml == failureRule, patience);
        QVERIFY(editor.isModified());
        world.press(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(editor.draft().yaml.contains(u"level: high"_s));
    }

    void unsavedChangesAreAskedAbout()
    {
        World world;
        QVERIFY(world.edit(failureRule));
        RuleEditor &editor = *world.editor;
        editor.yaml()->goTo(1, 15);
        world.type(u"s"_s);
        world.press(Qt::Key_Escape);
        QSignalSpy closed(&editor, &RuleEditor::closed);
        editor.actions().close->trigger();
        QCOMPARE(closed.size(), 0);
        QVERIFY(clickInBanner(editor, u"Go on writing"_s));
        QCOMPARE(closed.size(), 0);
        editor.actions().close->trigger();
        QVERIFY(clickInBanner(editor, u"Save"_s));
        QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, patience);
        QVERIFY(!editor.isModified());
        world.type(u"x"_s);
        editor.actions().close->trigger();
        QVERIFY(clickInBanner(editor, u"Discard"_s));
        QCOMPARE(closed.size(), 2);
    }

    void pythonIsWrittenToo()
    {
        World world;
        for (const detect::RuleTemplate &one : detect::ruleTemplates()) {
            if (one.draft.format == detect::Rule::Format::Panther) {
                world.editor->edit(one.draft.withNewIds(), {});
            }
        }
        RuleEditor &editor = *world.editor;
        QTRY_COMPARE_WITH_TIMEOUT(
            editor.checkPane()->summary(), u"The rule can be used. All of its tests pass: 2."_s, patience);
        QVERIFY(editor.python()->isVisible());
        QVERIFY(tests::keepPictures(editor, u"rule-editor-python"_s, *m_appearance));
        editor.python()->goTo(1, 1);
        QTest::keyClicks(editor.python()->input(), u")"_s);
        QTRY_VERIFY_WITH_TIMEOUT(editor.checkPane()->summary().contains(u"cannot be used"_s), patience);
        QVERIFY(!editor.python()->marks().empty());
        QCOMPARE(editor.python()->marks().front().line, 1);
    }

private:
    std::unique_ptr<Appearance> m_appearance;
};

QTEST_MAIN(TestRuleEditor)
#include "tst_rule_editor.moc"
