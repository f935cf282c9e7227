// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "filter/Expression.h"
#include "store/Documents.h"
#include "ui/charts/ChartView.h"
#include "ui/charts/ChartWidget.h"
#include "ui/dashboard/DashboardCard.h"
#include "ui/dashboard/DashboardView.h"
#include "ui/events/FilterBar.h"
#include "ui/events/SourceChoice.h"
#include "ui/widgets/StatePage.h"

#include <QAction>
#include <QInputDialog>
#include <QLabel>
#include <QSettings>
#include <QTest>
#include <QToolButton>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 30'000; ///< milliseconds

/// Sign-ins of a month ago from one country, and of today from two.
std::vector<std::string> signIns()
{
    std::vector<std::string> events;
    const auto add = [&](event::Timestamp time, const std::string &type, const std::string &country,
                         const std::string &outcome, const std::string &factor) {
        events.push_back(R"({"uuid":"sign-)" + std::to_string(events.size()) + R"(","published":")"
            + event::formatTimestamp(time) + R"(","eventType":")" + type
            + R"(","actor":{"alternateId":"ada@example.com"},"client":{"geographicalContext":{"country":")" + country
            + R"("}},"outcome":{"result":")" + outcome + R"("},"debugContext":{"debugData":{"factor":")" + factor
            + R"("}}})");
    };
    const event::Timestamp now = event::now();
    for (int i = 0; i < 5; ++i) {
        add(now - std::chrono::days(20) - std::chrono::hours(i), "user.session.start", "Germany", "SUCCESS", "");
    }
    for (int i = 0; i < 6; ++i) {
        add(now - 2h - std::chrono::minutes(i), "user.session.start", "Germany", i < 2 ? "FAILURE" : "SUCCESS", "");
    }
    for (int i = 0; i < 3; ++i) {
        add(now - 1h - std::chrono::minutes(i), "user.authentication.auth_via_mfa", "Brazil", "SUCCESS",
            "OKTA_VERIFY_PUSH");
    }
    add(now - 1h, "policy.rule.update", "Germany", "SUCCESS", "");
    return events;
}

} // namespace

/// The dashboard of a case, used with mouse and keyboard.
class DashboardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void usualCardsCount();
    void timeIsChosenForAll();
    void clicksOpenTheSearch();
    void cardsAreRemovedAndBroughtBack();
    void cardsMoveAndAreRenamed();
    void chartsAreAdded();
    void barsOfSourcesChooseThem();
    void wordsBecomeAnExpression();
    void keptInTheCase();
    void withoutCards();
    void bodies();
    void openInCharts();
    void newEventsCount();

private:
    static bool counted(WindowDriver &driver)
    {
        return QTest::qWaitFor([&] { return driver.window().dashboard()->isReady(); }, patience);
    }
    /// A window on the sign-ins, at its dashboard.
    bool open()
    {
        m_driver = std::make_unique<WindowDriver>(*m_file);
        if (!m_driver->open()) {
            return false;
        }
        m_driver->shortcut(Qt::Key_9, Qt::AltModifier);
        return counted(*m_driver);
    }
    static bool chooseFromMenu(QWidget *button, const QString &entry)
    {
        QTest::mouseClick(button, Qt::LeftButton);
        return QTest::qWaitFor([&] { return openMenuEntries().contains(entry); }, patience)
            && chooseFromOpenMenu(entry);
    }
    DashboardView &view() { return *m_driver->window().dashboard(); }
    QStringList titles()
    {
        QStringList found;
        for (const CardSpec &card : view().model().cards()) {
            found << card.title;
        }
        return found;
    }
    DashboardCard *card(const QString &title)
    {
        for (DashboardCard *one : view().cards()) {
            if (one->spec().title == title) {
                return one;
            }
        }
        qFatal("There is no card %s.", qUtf8Printable(title));
    }

    std::unique_ptr<CaseFile> m_file;
    std::unique_ptr<WindowDriver> m_driver;
};

void DashboardTest::initTestCase()
{
    QCoreApplication::setOrganizationName(u"Octotrail"_s);
    QCoreApplication::setApplicationName(u"tst_dashboard"_s);
}

void DashboardTest::init()
{
    m_driver.reset();
    QSettings().clear();
    m_file = std::make_unique<CaseFile>();
    m_file->append(signIns());
    QVERIFY(open());
}

void DashboardTest::usualCardsCount()
{
    QCOMPARE(titles(),
        (QStringList{u"Sign-ins by outcome"_s, u"MFA by factor"_s, u"Top failing actors"_s, u"New countries"_s,
            u"Admin actions"_s, u"Policy changes"_s}));
    const auto total = [&](const QString &title) {
        qint64 sum = 0;
        for (const ChartContent::Row &row : card(title)->content().rows) {
            sum += row.total;
        }
        return sum;
    };
    QCOMPARE(total(u"Sign-ins by outcome"_s), 6); // of the last seven days
    QCOMPARE(total(u"MFA by factor"_s), 3);
    QCOMPARE(card(u"MFA by factor"_s)->content().rows.front().label, u"OKTA_VERIFY_PUSH"_s);
    QCOMPARE(total(u"Top failing actors"_s), 2);
    QCOMPARE(card(u"New countries"_s)->content().rows.size(), std::size_t{1});
    QCOMPARE(card(u"New countries"_s)->content().rows.front().label, u"Brazil"_s);
    QCOMPARE(total(u"Policy changes"_s), 1);
    QCOMPARE(card(u"Admin actions"_s)->message(), u"None in this time"_s);
    // Every usual card is a filter.
    for (const CardSpec &spec : usualCards()) {
        QVERIFY(filter::parse(spec.filter.toStdString()));
    }
}

void DashboardTest::timeIsChosenForAll()
{
    QVERIFY(m_driver->chooseTimeRange(u"All time"_s, view().timeRange()));
    QTRY_COMPARE_WITH_TIMEOUT(card(u"Sign-ins by outcome"_s)->content().total, 11, patience);
    QVERIFY(counted(*m_driver));
    // All time has nothing before it: what is new is so since its last tenth.
    QCOMPARE(card(u"New countries"_s)->content().rows.size(), std::size_t{1});
    QCOMPARE(card(u"New countries"_s)->content().rows.front().label, u"Brazil"_s);
    QVERIFY2(card(u"New countries"_s)->note().startsWith(u"since 20"_s), qPrintable(card(u"New countries"_s)->note()));
}

void DashboardTest::clicksOpenTheSearch()
{
    ChartWidget *chart = card(u"Top failing actors"_s)->chart();
    QTest::mouseClick(chart, Qt::LeftButton, {}, chart->partRect(0, -1).center().toPoint());
    QVERIFY(m_driver->finds(2));
    QVERIFY(m_driver->events().isVisible());
    QCOMPARE(m_driver->edit().text(),
        u"outcome.result in (\"FAILURE\", \"DENY\") and actor.alternateId eq \"ada@example.com\""_s);
    m_driver->shortcut(Qt::Key_9, Qt::AltModifier);
    QTest::mouseClick(card(u"Sign-ins by outcome"_s)->findChild<QToolButton *>(), Qt::LeftButton);
    QVERIFY(m_driver->finds(6));
    // A bar over time, by the keyboard: its own stretch of time.
    m_driver->shortcut(Qt::Key_9, Qt::AltModifier);
    ChartWidget *time = card(u"Sign-ins by outcome"_s)->chart();
    time->setFocus();
    QTest::keyClick(time, Qt::Key_End);
    while (time->currentRow() > 0 && time->content().rows[static_cast<std::size_t>(time->currentRow())].total == 0) {
        QTest::keyClick(time, Qt::Key_Left);
    }
    const qint64 count = time->content().rows[static_cast<std::size_t>(time->currentRow())].total;
    QVERIFY(count > 0);
    QTest::keyClick(time, Qt::Key_Return);
    QVERIFY(m_driver->finds(static_cast<int>(count)));
}

void DashboardTest::cardsAreRemovedAndBroughtBack()
{
    QVERIFY(chooseFromMenu(card(u"MFA by factor"_s)->menuButton(), u"Remove"_s));
    QTRY_COMPARE_WITH_TIMEOUT(view().cards().size(), 5, patience);
    QVERIFY(!titles().contains(u"MFA by factor"_s));
    QVERIFY(QTest::qWaitFor(
        [&] {
            const auto labels = view().findChildren<QLabel *>();
            return std::ranges::any_of(labels,
                [](const QLabel *label) { return label->isVisible() && label->text().contains(u"was removed"_s); });
        },
        patience));
    m_driver->activate();
    view().cards().front()->chart()->setFocus();
    QTest::keyClick(view().cards().front()->chart(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(view().cards().size(), 6, patience);
    QCOMPARE(titles()[1], u"MFA by factor"_s); // where it was
    QVERIFY(counted(*m_driver));
    QVERIFY(!view().actions().undo->isEnabled());
}

void DashboardTest::cardsMoveAndAreRenamed()
{
    QVERIFY(chooseFromMenu(card(u"Top failing actors"_s)->menuButton(), u"Move to the front"_s));
    QTRY_COMPARE_WITH_TIMEOUT(titles()[1], u"Top failing actors"_s, patience);
    QVERIFY(chooseFromMenu(card(u"Sign-ins by outcome"_s)->menuButton(), u"Move to the back"_s));
    QTRY_COMPARE_WITH_TIMEOUT(titles()[0], u"Top failing actors"_s, patience);
    QVERIFY(chooseFromMenu(card(u"Top failing actors"_s)->menuButton(), u"Rename\u2026"_s));
    QInputDialog *dialog = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((dialog = view().findChild<QInputDialog *>(u"renameCard"_s)), patience);
    dialog->setTextValue(u"Who fails & why"_s);
    dialog->accept();
    QTRY_COMPARE_WITH_TIMEOUT(titles()[0], u"Who fails & why"_s, patience);
    QVERIFY(counted(*m_driver));
}

void DashboardTest::chartsAreAdded()
{
    m_driver->window().showView(MainWindow::View::Events);
    QVERIFY(m_driver->apply(u"outcome.result eq \"SUCCESS\""_s));
    ChartView &charts = *m_driver->window().charts();
    charts.setSpec({ChartKind::Bars, u"eventType"_s, {}, 12});
    m_driver->shortcut(Qt::Key_7, Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(charts.isReady(), patience);
    charts.actions().addToDashboard->trigger();
    m_driver->shortcut(Qt::Key_9, Qt::AltModifier);
    QTRY_COMPARE_WITH_TIMEOUT(view().cards().size(), 7, patience);
    QVERIFY(counted(*m_driver));
    const DashboardCard *added = view().cards().last();
    QCOMPARE(added->spec().filter, u"outcome.result eq \"SUCCESS\""_s);
    QCOMPARE(added->spec().title, u"Event type of outcome.result eq \"SUCCESS\""_s);
    QCOMPARE(added->content().rows.front().label, u"user.session.start"_s);
    QCOMPARE(added->content().rows.front().total, 4);
}

/// No filter asks for a source: it is chosen beside the filter.
void DashboardTest::barsOfSourcesChooseThem()
{
    m_file->append(sampleEvents(100, 104), m_file->addSource(u"Beta"_s));
    view().addChart({ChartKind::Bars, u"source"_s, {}, 12}, {});
    QVERIFY(m_driver->chooseTimeRange(u"All time"_s, view().timeRange()));
    QTRY_COMPARE_WITH_TIMEOUT(view().cards().last()->content().rows.size(), std::size_t{2}, patience);
    const DashboardCard *sources = view().cards().last();
    QCOMPARE(sources->content().rows[1].label, u"Beta"_s);
    QVERIFY(counted(*m_driver));
    ChartWidget *chart = sources->chart();
    QTest::mouseClick(chart, Qt::LeftButton, {}, chart->partRect(1, -1).center().toPoint());
    QVERIFY(m_driver->finds(5));
    QVERIFY(m_driver->edit().text().isEmpty());
    QCOMPARE(m_driver->events().filterBar()->sources()->chosen().size(), std::size_t{1});
}

void DashboardTest::wordsBecomeAnExpression()
{
    view().addChart({ChartKind::Bars, u"outcome.result"_s, {}, 5}, u"okta_verify_push"_s);
    QVERIFY(counted(*m_driver));
    QCOMPARE(view().cards().last()->content().rows.front().total, 3);
}

void DashboardTest::keptInTheCase()
{
    view().model().remove(0);
    view().addChart({ChartKind::Map, {}, {}, 12}, {});
    QVERIFY(counted(*m_driver));
    QVERIFY(view().cards().last()->message().contains(u"None in this time"_s));
    const QStringList before = titles();
    m_driver.reset();
    QVERIFY(open());
    QCOMPARE(titles(), before);
    QVERIFY(view().model().cards().back().chart.kind == ChartKind::Map);
}

void DashboardTest::withoutCards()
{
    while (!view().cards().isEmpty()) {
        view().model().remove(0);
    }
    QTRY_VERIFY_WITH_TIMEOUT(view().statePage(), patience);
    QCOMPARE(view().statePage()->title(), u"No cards"_s);
    view().actions().restoreUsual->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(view().cards().size(), 6, patience);
    QVERIFY(counted(*m_driver));
}

void DashboardTest::bodies()
{
    std::vector<CardSpec> cards = usualCards();
    cards.front().title = u"\u202e<b>\"quoted\"</b>"_s;
    const auto read = cardsFromBody(cardsToBody(cards));
    QVERIFY(read);
    QCOMPARE(*read, cards);
    // What is no card is left out; what is no body is an error.
    const auto odd = cardsFromBody(
        R"({"cards":[{"chart":"pie"},{"chart":"bars","filter":"a eq"},7,{"chart":"bars","path":"severity","limit":99999}]})");
    QVERIFY(odd);
    QCOMPARE(odd->size(), std::size_t{1});
    QVERIFY(odd->front().chart.limit <= 40);
    QVERIFY(!cardsFromBody("no json"));
}

void DashboardTest::openInCharts()
{
    QVERIFY(chooseFromMenu(card(u"MFA by factor"_s)->menuButton(), u"Open in charts"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->window().charts()->isVisible(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_driver->window().charts()->isReady() && m_driver->window().charts()->content().total == 3, patience);
}

void DashboardTest::newEventsCount()
{
    SampleEvent sample;
    std::string json = sample.json();
    const std::string then = event::formatTimestamp(sampleTime(0));
    json.replace(json.find(then), then.size(), event::formatTimestamp(event::now()));
    m_file->append({json});
    QTRY_COMPARE_WITH_TIMEOUT(card(u"Sign-ins by outcome"_s)->content().total, 7, patience);
}

QTEST_MAIN(DashboardTest)
#include "tst_dashboard.moc"
