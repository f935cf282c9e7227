// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "event/Json.h"
#include "ui/charts/ChartView.h"
#include "ui/dashboard/DashboardCard.h"
#include "ui/dashboard/DashboardView.h"
#include "ui/details/DifferenceDialog.h"
#include "ui/entities/EntityPage.h"
#include "ui/entities/EntityView.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/EventTools.h"
#include "ui/sql/PivotWindow.h"
#include "ui/widgets/PlainText.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QTabWidget>
#include <QTest>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000; ///< milliseconds
constexpr qsizetype longest = 10'000; ///< characters of anything that is shown at once
constexpr int mostRows = 60; ///< of a model that are looked at

std::vector<std::string> hostileTexts()
{
    return {"<img src=x onerror=alert(1)>", "<b>bold</b><script>alert(1)</script>", "=cmd|'/c calc'!A1",
        "\u202egnp.exe\u202c", "one\ntwo\r\nthree\tfour", std::string("nul\0\x01\x1b[31m", 10),
        std::string(1'000'000, 'W'), "%1 %2 %n &amp; && _x", "\u2028\u2029\ufeff", " "};
}

std::vector<std::string> hostileEvents()
{
    const QByteArray form(
        R"({"uuid":"bad-$number","published":"$published","eventType":$type,"severity":$severity,)"
        R"("displayMessage":$text,"actor":{"id":"00u1","type":"User","alternateId":$text,)"
        R"("displayName":$text},"client":{"ipAddress":$text,"userAgent":{"browser":$text,"os":$text},)"
        R"("geographicalContext":{"city":$text,"country":$text,)"
        R"("geolocation":{"lat":$latitude,"lon":$longitude}}},"device":{"id":"guo1","name":$text},)"
        R"("securityContext":{"asNumber":1,"asOrg":$text},"outcome":{"result":$result,"reason":$text},)"
        R"("target":[{"id":"t1","type":"AppInstance","alternateId":$text,"displayName":$text}],)"
        R"("debugContext":{"debugData":{"factor":$text,"behaviors":$text}}})");
    std::vector<std::string> events;
    int n = 0;
    for (const std::string &bad : hostileTexts()) {
        const QByteArray text = QByteArray::fromStdString(event::quoteJson(bad));
        for (const bool isEverywhere : {true, false}) {
            const auto published = event::formatTimestamp(event::now() - std::chrono::hours(n + 1));
            QByteArray json = form;
            json.replace("$number", QByteArray::number(n)).replace("$published", QByteArray::fromStdString(published));
            json.replace("$latitude", QByteArray::number(n * 3 - 20));
            json.replace("$longitude", QByteArray::number(n * 9 - 90));
            json.replace("$type", isEverywhere ? "$text" : R"("user.session.start")");
            json.replace("$severity", isEverywhere ? "$text" : R"("WARN")");
            json.replace("$result", isEverywhere ? "$text" : R"("FAILURE")");
            events.push_back(json.replace("$text", text).toStdString());
            ++n;
        }
    }
    return events;
}

bool isHarmful(QChar c)
{
    const char16_t u = c.unicode();
    return (u < 0x20 && u != '\n' && u != '\r' && u != '\t') || (u >= 0x202a && u <= 0x202e)
        || (u >= 0x2066 && u <= 0x2069);
}

/// What is wrong with a text that is shown as it is; empty if nothing.
QString faultOf(const QString &text)
{
    if (text.size() > longest) {
        return u"%1 characters"_s.arg(text.size());
    }
    const auto harmful = std::ranges::find_if(text, isHarmful);
    return harmful == text.end() ? QString() : u"a control character (%1)"_s.arg(harmful->unicode(), 4, 16);
}

/// The same of one that Qt takes for HTML if it looks like it: what events say must not be in its marks.
QString faultOfRich(const QString &text)
{
    if (Qt::mightBeRichText(text) && (text.contains(u"<img"_s) || text.contains(u"<script"_s))) {
        return u"HTML of an event"_s;
    }
    return faultOf(text);
}

} // namespace

/// Events of an attacker: whatever they say is shown as plain text, bounded, and breaks no view.
class HostileValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void views_data();
    void views();
    void everyEventInTheDetails();
    void toolTips();
    void differences();
    void pivot();
    void cleanupTestCase() { m_driver.reset(); }

private:
    QStringList faults(const QWidget &window) const;
    static void look(
        QStringList &found, const QAbstractItemModel &model, const QModelIndex &parent, const QString &name);

    std::unique_ptr<CaseFile> m_file;
    std::unique_ptr<WindowDriver> m_driver;
};

void HostileValuesTest::initTestCase()
{
    m_file = std::make_unique<CaseFile>();
    m_file->append(hostileEvents());
    m_driver = std::make_unique<WindowDriver>(*m_file);
    m_driver->window().resize(1400, 900);
    QVERIFY(m_driver->open());
}

void HostileValuesTest::look(
    QStringList &found, const QAbstractItemModel &model, const QModelIndex &parent, const QString &name)
{
    for (int row = 0; row < std::min(mostRows, model.rowCount(parent)); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            const auto check = [&](int role, const QString &fault) {
                if (!fault.isEmpty()) {
                    found << u"%1, row %2, column %3, role %4: %5"_s.arg(name).arg(row).arg(column).arg(role).arg(
                        fault);
                }
            };
            check(Qt::DisplayRole, faultOf(index.data().toString()));
            check(Qt::ToolTipRole, faultOfRich(index.data(Qt::ToolTipRole).toString()));
            if (column == 0) {
                look(found, model, index, name);
            }
        }
    }
}

/// Of all that the window shows now.
QStringList HostileValuesTest::faults(const QWidget &window) const
{
    QStringList found;
    const auto widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!widget->isVisibleTo(&window)) {
            continue;
        }
        const QString name = QString::fromLatin1(widget->metaObject()->className()) + u'#' + widget->objectName();
        const auto check = [&](const QString &fault) {
            if (!fault.isEmpty()) {
                found << name + u": "_s + fault;
            }
        };
        check(faultOfRich(widget->toolTip()));
        check(faultOf(widget->windowTitle()));
        if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            check(label->textFormat() == Qt::PlainText ? faultOf(label->text()) : faultOfRich(label->text()));
        } else if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
            check(faultOf(button->text()));
        } else if (const auto *view = qobject_cast<const QAbstractItemView *>(widget); view && view->model()) {
            look(found, *view->model(), view->rootIndex(), name);
        }
        // A text without a place to break would push everything else out of the window.
        if (widget->parentWidget() && widget->width() > 3000 && widget->objectName() != u"qt_scrollarea_viewport"_s) {
            check(u"%1 pixels wide"_s.arg(widget->width()));
        }
    }
    if (window.minimumSizeHint().width() > 1400) {
        found << u"the window needs %1 pixels"_s.arg(window.minimumSizeHint().width());
    }
    return found;
}

void HostileValuesTest::views_data()
{
    QTest::addColumn<MainWindow::View>("view");
    QTest::newRow("events") << MainWindow::View::Events;
    QTest::newRow("entities") << MainWindow::View::Entities;
    QTest::newRow("charts") << MainWindow::View::Charts;
    QTest::newRow("dashboard") << MainWindow::View::Dashboard;
}

void HostileValuesTest::views()
{
    QFETCH(const MainWindow::View, view);
    MainWindow &window = m_driver->window();
    window.showView(view);
    if (view == MainWindow::View::Entities) {
        window.entities()->timeRange()->setPreset(TimeRangeChoice::Preset::All);
        for (const std::string &bad : hostileTexts()) {
            window.entities()->open(store::Entity::actor(bad));
            QTRY_VERIFY_WITH_TIMEOUT(window.entities()->reader().state() == EntityReader::State::Ready, patience);
            QTest::qWait(20);
            const QStringList wrong = faults(window);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.mid(0, 20).join(u'\n')));
        }
        return;
    }
    if (view == MainWindow::View::Dashboard) {
        window.dashboard()->showAllTime();
        QTRY_VERIFY_WITH_TIMEOUT(window.dashboard()->isReady(), patience);
        for (const DashboardCard *card : window.dashboard()->cards()) {
            for (const ChartContent::Row &row : card->content().rows) {
                QVERIFY2(faultOf(row.label).isEmpty(), qPrintable(faultOf(row.label)));
            }
        }
    } else if (view == MainWindow::View::Charts) {
        for (const ChartSpec &spec : {ChartSpec{ChartKind::Bars, u"actor.alternateId"_s, u"outcome.result"_s, 20},
                 ChartSpec{ChartKind::Map, {}, {}, 20}, ChartSpec{ChartKind::Time, u"severity"_s, {}, 20}}) {
            window.charts()->setSpec(spec);
            QTRY_VERIFY_WITH_TIMEOUT(window.charts()->isReady(), patience);
            QTest::qWait(50);
            const QStringList wrong = faults(window);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.mid(0, 20).join(u'\n')));
        }
    } else {
        QTest::qWait(1000); // facets and the timeline are counted
    }
    const QStringList wrong = faults(window);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.mid(0, 20).join(u'\n')));
}

void HostileValuesTest::everyEventInTheDetails()
{
    MainWindow &window = m_driver->window();
    window.showView(MainWindow::View::Events);
    m_driver->activate();
    auto *tabs = m_driver->events().details()->findChild<QTabWidget *>();
    for (int row = 0; row < m_driver->events().model().rowCount(); ++row) {
        m_driver->table().goToRow(row);
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            QTest::qWait(20);
        }
        tabs->setCurrentIndex(row % tabs->count());
        QTest::qWait(30);
        const QStringList wrong = faults(window);
        QVERIFY2(wrong.isEmpty(), qPrintable(u"event %1\n"_s.arg(row) + wrong.mid(0, 20).join(u'\n')));
    }
}

void HostileValuesTest::toolTips()
{
    for (const std::string &text : hostileTexts()) {
        const QString fault = faultOfRich(toolTip(QString::fromStdString(text)));
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }
}

void HostileValuesTest::differences()
{
    m_driver->window().showView(MainWindow::View::Events);
    m_driver->activate();
    EventTable &table = m_driver->table();
    for (int row = 0; row + 3 < m_driver->events().model().rowCount(); row += 4) {
        table.selectRow(row);
        table.selectionModel()->select(
            table.model()->index(row + 3, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        m_driver->events().tools()->actions().compare->trigger();
        DifferenceDialog *dialog = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT((dialog = m_driver->window().findChild<DifferenceDialog *>()), patience);
        const auto *state = dialog->findChild<QLabel *>(u"differenceState"_s);
        QTRY_VERIFY_WITH_TIMEOUT(state->text() != u"Comparing\u2026"_s, patience);
        QTest::qWait(50);
        const QStringList wrong = faults(*dialog);
        delete dialog;
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.mid(0, 20).join(u'\n')));
    }
}

void HostileValuesTest::pivot()
{
    m_driver->shortcut(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    PivotWindow *pivot = nullptr;
    const auto isOpen = [&] {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            pivot = pivot ? pivot : qobject_cast<PivotWindow *>(widget);
        }
        return pivot != nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isOpen(), patience);
    if (!pivot) { // clang-tidy does not follow what the line before has made sure of
        QFAIL("no window");
    }
    auto *table = pivot->findChild<QWidget *>(u"pivotTable"_s);
    QTRY_VERIFY_WITH_TIMEOUT(table->isVisible(), patience);
    QTest::qWait(100);
    const QStringList wrong = faults(*pivot);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.mid(0, 20).join(u'\n')));
    pivot->close();
}

QTEST_MAIN(HostileValuesTest)
#include "tst_hostile_values.moc"
