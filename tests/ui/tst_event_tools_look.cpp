// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Pictures.h"
#include "WindowDriver.h"
#include "ui/annotations/AnnotationPanel.h"
#include "ui/annotations/TagDialog.h"
#include "ui/details/DifferenceDialog.h"
#include "ui/details/HoverCard.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/EventTools.h"
#include "ui/events/FindBar.h"
#include "ui/layouts/ColorRulesDialog.h"
#include "ui/layouts/ColumnChooser.h"
#include "ui/style/Appearance.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QTest>
#include <QTreeView>
#include <array>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// Pictures of what is done with the table's events, in light and dark, and whether a screen reader can name what is on
/// them.
class EventToolsLook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pictures_data();
    void pictures();
    void everyControlHasAName();
};

namespace {

constexpr int patience = 30'000;

std::vector<std::string> story()
{
    std::vector<std::string> events;
    for (int n = 0; n < 240; ++n) {
        SampleEvent event;
        event.n = n * 7;
        event.message = n % 9 == 0 ? "Authenticate user via MFA"
            : n % 4 == 0           ? "User single sign on to app"
                                   : "User login to Okta";
        event.extra = R"(,"transaction":{"type":"WEB","id":"tx)" + std::to_string(n / 4)
            + R"("},"authenticationContext":{"externalSessionId":"s)" + std::to_string(n / 8) + R"("})";
        std::string json = event.json();
        const std::string risk = R"("risk":"{level=LOW}")";
        json.replace(json.find(risk), risk.size(),
            R"("risk":"{reasons=Anomalous Location, New Device, level=HIGH}",)"
            R"("behaviors":"{New Geo-Location=NEGATIVE, New Device=POSITIVE, New IP=POSITIVE, Velocity=NEGATIVE}",)"
            R"("logOnlySecurityData":"{\"risk\":{\"level\":\"LOW\"},\"behaviors\":{\"New IP\":\"POSITIVE\"}}")");
        events.push_back(json);
    }
    return events;
}

} // namespace

void EventToolsLook::pictures_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void EventToolsLook::pictures()
{
    QFETCH(const bool, dark);
    Appearance appearance(*qApp);
    appearance.setChoice(dark ? Appearance::Choice::Dark : Appearance::Choice::Light);
    CaseFile file;
    file.append(story());
    WindowDriver driver(file);
    driver.window().resize(1280, 800);
    QVERIFY(driver.open());
    EventView &view = driver.events();
    EventTools &tools = *view.tools();
    tools.annotator().toggleBookmark({240, 236, 221, 60});
    tools.annotator().setTags({238, 236, 200, 190}, {u"phishing"_s, u"case 7"_s}, {});
    tools.annotator().setNote({236, 230}, u"Asked Ada by phone: it was not her."_s);
    tools.shelf().setRules({{u"Failures"_s, u"outcome.result eq \"FAILURE\""_s, 0, true},
        {u"MFA"_s, u"displayMessage co \"MFA\""_s, 5, true}, {u"SSO"_s, u"displayMessage co \"single\""_s, 3, true}});
    QTRY_COMPARE_WITH_TIMEOUT(tools.book().all().size(), 8U, patience);
    QTRY_COMPARE_WITH_TIMEOUT(tools.colors().rules().size(), 3U, patience);
    view.table()->goToRow(4);
    QTRY_VERIFY_WITH_TIMEOUT(
        view.details()->shownEvent() && view.details()->shownEvent()->seq == view.table()->currentSeq(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(view.model().index(3, 0).data(EventTableModel::RuleRole).toInt() >= 0
            || view.model().index(4, 0).data(EventTableModel::RuleRole).toInt() >= 0,
        patience);
    QVERIFY(keepPicture(driver.window(), u"marks-and-colours"_s));

    // The list of what is marked, what is found and what is alike.
    tools.actions().panel->setChecked(true);
    QTest::keyClick(view.table(), Qt::Key_A);
    QTRY_VERIFY_WITH_TIMEOUT(tools.alike().count() > 0, patience);
    tools.findBar()->begin();
    tools.findBar()->setText(u"MFA"_s);
    QTRY_VERIFY_WITH_TIMEOUT(tools.finder().count() > 0 && !tools.finder().isSearching(), patience);
    QTest::qWait(100);
    QVERIFY(keepPicture(driver.window(), u"marked-and-found"_s));
    tools.findBar()->close();
    tools.alikeBar()->close();
    tools.actions().panel->setChecked(false);

    // Pinned columns, high rows, and the JSON with its texts unfolded.
    view.table()->setDensity(Density::Comfortable);
    view.table()->addColumn(u"debugContext.debugData.risk"_s);
    view.table()->setPinned(2);
    view.details()->setCurrentTab(1);
    auto *search = driver.find<QLineEdit>(u"jsonSearch"_s);
    search->setText(u"level"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!driver.cell(0, EventColumn::Targets).isEmpty(), patience);
    QTest::qWait(300);
    QVERIFY(keepPicture(driver.window(), u"pinned-and-unfolded"_s));
    view.details()->setCurrentTab(3);
    QTest::qWait(800);
    QVERIFY(keepPicture(driver.window(), u"related"_s));
    view.table()->resetColumns();

    // Dialogs.
    ColumnChooser chooser(view.table()->layoutOfColumns(), &driver.window());
    chooser.setAttribute(Qt::WA_DeleteOnClose, false);
    chooser.show();
    QVERIFY(keepPicture(chooser, u"columns"_s));
    ColorRulesDialog rules(tools.colors().rules(), &driver.window());
    rules.setAttribute(Qt::WA_DeleteOnClose, false);
    rules.show();
    QVERIFY(keepPicture(rules, u"colour-rules"_s));
    TagDialog tags(tools.book(), {236, 240}, &driver.window());
    tags.setAttribute(Qt::WA_DeleteOnClose, false);
    tags.show();
    QVERIFY(keepPicture(tags, u"tags"_s));
    DifferenceDialog difference(file.store(), 236, 240, view.model().timeDisplay(), &driver.window());
    difference.setAttribute(Qt::WA_DeleteOnClose, false);
    difference.show();
    QTRY_VERIFY_WITH_TIMEOUT(difference.model().rowCount() > 0, patience);
    QVERIFY(keepPicture(difference, u"difference"_s));
    driver.click(2, EventColumn::Actor);
    tools.card()->showForCurrent();
    QTRY_VERIFY_WITH_TIMEOUT(tools.card()->isVisible() && !tools.card()->isReading(), patience);
    QVERIFY(keepPicture(*tools.card(), u"card"_s));
    tools.card()->hide();
    appearance.setChoice(Appearance::Choice::Light);
}

void EventToolsLook::everyControlHasAName()
{
    CaseFile file;
    file.append(story());
    WindowDriver driver(file);
    QVERIFY(driver.open());
    EventTools &tools = *driver.events().tools();
    tools.actions().panel->setChecked(true);
    tools.findBar()->begin();
    ColumnChooser chooser(driver.table().layoutOfColumns(), &driver.window());
    chooser.setAttribute(Qt::WA_DeleteOnClose, false);
    ColorRulesDialog rules({{u"a"_s, u"severity pr"_s, 0, true}}, &driver.window());
    rules.setAttribute(Qt::WA_DeleteOnClose, false);
    const std::array<const QWidget *, 6> roots{
        tools.findBar(), tools.alikeBar(), tools.panel(), driver.events().details(), &chooser, &rules};
    for (const QWidget *root : roots) {
        for (const QWidget *widget : root->findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || widget->inherits("QComboBoxListView") || widget->focusProxy()
                || widget->objectName().startsWith(u"qt_"_s)) {
                continue;
            }
            const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(
                const_cast<QWidget *>(widget));
            const bool isControl = qobject_cast<const QAbstractButton *>(widget)
                || qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QComboBox *>(widget)
                || qobject_cast<const QAbstractItemView *>(widget);
            if (isControl && interface && !widget->parentWidget()->inherits("QAbstractSpinBox")
                && !widget->parentWidget()->inherits("QComboBox")) {
                QVERIFY2(!interface->text(QAccessible::Name).isEmpty(),
                    qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName()));
            }
        }
    }
}

QTEST_MAIN(EventToolsLook)
#include "tst_event_tools_look.moc"
