// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/charts/ChartView.h"
#include "ui/dashboard/DashboardView.h"
#include "ui/entities/EntityPage.h"
#include "ui/entities/EntityView.h"
#include "ui/style/ItemText.h"

#include <QAccessible>
#include <QMenuBar>
#include <QMetaEnum>
#include <QStyleOptionViewItem>
#include <QTest>
#include <set>

using namespace octotrail;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using ui::MainWindow;
using ui::Tone;

namespace {

constexpr double least = 4.5; ///< WCAG 2.1, level AA, of text

QString described(const QWidget *widget)
{
    QString path;
    for (; widget; widget = widget->parentWidget()) {
        path.prepend(u'/' + QString::fromLatin1(widget->metaObject()->className()) + u'#' + widget->objectName());
    }
    return path;
}

/// What the keyboard gets to in the window, as it is seen now.
QList<QWidget *> focusables(const QWidget &window)
{
    QList<QWidget *> all;
    const auto widgets = window.findChildren<QWidget *>();
    std::ranges::copy_if(widgets, std::back_inserter(all), [&](const QWidget *widget) {
        return widget->isVisibleTo(&window) && widget->isEnabled() && !widget->focusProxy()
            && (widget->focusPolicy() & Qt::TabFocus);
    });
    return all;
}

} // namespace

/// Every view can be used with the keyboard alone, and read aloud.
class TestAccessibility : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void colours_data();
    void colours();
    void everyControlHasAName_data() { views(); }
    void everyControlHasAName();
    void tabReachesEveryControl_data() { views(); }
    void tabReachesEveryControl();
    void everyMenuEntryHasAText();
    void dialogs_data();
    void dialogs();

private:
    static QStringList nameless(const QWidget &window);
    static QStringList missedByTab(const QWidget &window);
    static void views();
    void show();

    std::unique_ptr<CaseFile> m_file;
    std::unique_ptr<WindowDriver> m_driver;
};

void TestAccessibility::initTestCase()
{
    m_file = std::make_unique<CaseFile>();
    m_file->append(sampleEvents(0, 200));
    m_driver = std::make_unique<WindowDriver>(*m_file);
    QVERIFY(m_driver->open());
    QVERIFY(m_driver->activate());
}

void TestAccessibility::views()
{
    QTest::addColumn<MainWindow::View>("view");
    QTest::newRow("events") << MainWindow::View::Events;
    QTest::newRow("profiles") << MainWindow::View::Profiles;
    QTest::newRow("alerts") << MainWindow::View::Alerts;
    QTest::newRow("detections") << MainWindow::View::Detections;
    QTest::newRow("sources") << MainWindow::View::Sources;
    QTest::newRow("entities") << MainWindow::View::Entities;
    QTest::newRow("charts") << MainWindow::View::Charts;
    QTest::newRow("reports") << MainWindow::View::Reports;
    QTest::newRow("dashboard") << MainWindow::View::Dashboard;
}

void TestAccessibility::show()
{
    QFETCH(MainWindow::View, view);
    m_driver->window().showView(view);
    if (view == MainWindow::View::Events) {
        m_driver->click(2, ui::EventColumn::Actor); // so that the details are there
    } else if (view == MainWindow::View::Entities) {
        m_driver->window().entities()->timeRange()->setPreset(ui::TimeRangeChoice::Preset::All);
        m_driver->window().entities()->open(store::Entity::actor("ada@example.com"));
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->window().entities()->page()->isVisible(), 30'000);
    } else if (view == MainWindow::View::Charts) {
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->window().charts()->isReady(), 30'000);
    } else if (view == MainWindow::View::Dashboard) {
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->window().dashboard()->isReady(), 30'000);
    }
    QCoreApplication::processEvents();
}

void TestAccessibility::colours_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << ui::lightPalette();
    QTest::newRow("dark") << ui::darkPalette();
}

void TestAccessibility::colours()
{
    QFETCH(QPalette, palette);
    const auto check = [&](const char *what, const QColor &text, const QColor &under) {
        const double ratio = ui::contrastRatio(text, under);
        QVERIFY2(ratio >= least,
            qPrintable(u"%1: %2 on %3 is %4:1"_s.arg(QString::fromLatin1(what), text.name(), under.name()).arg(ratio)));
    };
    for (const QPalette::ColorGroup group : {QPalette::Active, QPalette::Inactive}) {
        const auto color = [&](QPalette::ColorRole role) { return palette.color(group, role); };
        check("text of windows", color(QPalette::WindowText), color(QPalette::Window));
        check("text of fields", color(QPalette::Text), color(QPalette::Base));
        check("text of other rows", color(QPalette::Text), color(QPalette::AlternateBase));
        check("text of buttons", color(QPalette::ButtonText), color(QPalette::Button));
        check("text of what is selected", color(QPalette::HighlightedText), color(QPalette::Highlight));
        check("text of tooltips", color(QPalette::ToolTipText), color(QPalette::ToolTipBase));
        check("placeholder text", color(QPalette::PlaceholderText), color(QPalette::Base));
        check("links", color(QPalette::Link), color(QPalette::Base));
    }
    for (const Tone tone : {Tone::Plain, Tone::Muted, Tone::Accent, Tone::Good, Tone::Warning, Tone::Bad}) {
        const QColor text = ui::toneColor(tone, palette);
        check("tone on base", text, palette.color(QPalette::Base));
        check("tone on window", text, palette.color(QPalette::Window));
        check("tone on its background", text, ui::toneBackground(tone, palette));
        for (const QStyle::StateFlag active : {QStyle::State_Active, QStyle::State_None}) {
            QStyleOptionViewItem item;
            item.palette = palette;
            item.state = QStyle::State_Enabled | active;
            check("tone of an item", ui::itemTextColor(tone, item), palette.color(QPalette::Base));
            item.state |= QStyle::State_Selected;
            check("tone of a selected item", ui::itemTextColor(tone, item),
                palette.color(active ? QPalette::Active : QPalette::Inactive, QPalette::Highlight));
        }
    }
}

QStringList TestAccessibility::nameless(const QWidget &window)
{
    QStringList all;
    for (QWidget *widget : focusables(window)) {
        const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
        if (!face || face->text(QAccessible::Name).trimmed().isEmpty()) {
            all.append(described(widget));
        }
    }
    return all;
}

void TestAccessibility::everyControlHasAName()
{
    show();
    const QStringList all = nameless(m_driver->window());
    QVERIFY2(all.isEmpty(), qPrintable(all.join(u'\n')));
}

QStringList TestAccessibility::missedByTab(const QWidget &window)
{
    const QList<QWidget *> wanted = focusables(window);
    if (wanted.isEmpty()) {
        return {u"there is nothing to reach"_s};
    }
    wanted.first()->setFocus(Qt::TabFocusReason);
    std::set<const QWidget *> reached;
    // Twice as many steps as there are controls: some, such as the tabs of a view, take more than one.
    for (qsizetype step = 0; step < 2 * wanted.size() + 10; ++step) {
        QWidget *focused = QApplication::focusWidget();
        if (!focused) {
            return {u"the focus is nowhere"_s};
        }
        reached.insert(focused);
        QTest::keyClick(focused, Qt::Key_Tab);
    }
    QStringList missed;
    for (const QWidget *widget : wanted) {
        if (!reached.contains(widget)) {
            missed.append(described(widget));
        }
    }
    return missed;
}

void TestAccessibility::tabReachesEveryControl()
{
    show();
    const QStringList missed = missedByTab(m_driver->window());
    QVERIFY2(missed.isEmpty(), qPrintable(missed.join(u'\n')));
}

void TestAccessibility::everyMenuEntryHasAText()
{
    QList<QMenu *> menus;
    for (const QAction *action : m_driver->window().menuBar()->actions()) {
        QVERIFY(!action->text().isEmpty());
        menus.append(action->menu());
    }
    int entries = 0;
    QStringList doubles;
    std::map<QString, const QAction *> shortcuts; // of the whole window: one that two entries have works for neither
    while (!menus.isEmpty()) {
        const QMenu *menu = menus.takeFirst();
        QVERIFY(menu);
        for (const QAction *action : menu->actions()) {
            if (action->isSeparator()) {
                continue;
            }
            ++entries;
            QVERIFY2(!action->text().isEmpty(), qPrintable(menu->title()));
            if (action->menu()) {
                menus.append(action->menu());
            }
            for (const QKeySequence &keys : action->shortcuts()) {
                const auto [other, isNew] = shortcuts.emplace(keys.toString(), action);
                const auto isOfTheWindow = [](const QAction *one) {
                    return one->shortcutContext() >= Qt::WindowShortcut
                        && one->shortcutContext() != Qt::WidgetWithChildrenShortcut;
                };
                if (!isNew && other->second != action && (isOfTheWindow(action) || isOfTheWindow(other->second))) {
                    doubles.append(u"%1: %2 and %3"_s.arg(keys.toString(), action->text(), other->second->text()));
                }
            }
        }
    }
    QVERIFY(entries > 20);
    QVERIFY2(doubles.isEmpty(), qPrintable(doubles.join(u'\n')));
}

void TestAccessibility::dialogs_data()
{
    QTest::addColumn<QKeySequence>("keys");
    for (const auto &[name, keys] : std::initializer_list<std::pair<const char *, const char *>>{
             {"time", "Ctrl+Shift+T"}, {"save the search", "Ctrl+S"}, {"saved searches", "Ctrl+J"},
             {"go to a time", "Ctrl+G"}, {"columns", "Ctrl+Shift+H"}, {"colour rules", "Ctrl+Shift+U"}, {"tags", "T"},
             {"note", "N"}, {"export", "Ctrl+E"}, {"pivot", "Ctrl+Shift+P"}, {"SQL console", "Ctrl+Shift+Q"},
             {"preferences", "Ctrl+,"}, {"filter language", "F1"}}) {
        QTest::newRow(name) << QKeySequence(QString::fromLatin1(keys));
    }
}

void TestAccessibility::dialogs()
{
    QFETCH(const QKeySequence, keys);
    MainWindow &window = m_driver->window();
    window.showView(MainWindow::View::Events);
    QVERIFY(m_driver->activate());
    m_driver->click(2, ui::EventColumn::Actor);
    m_driver->table().setFocus();
    QTest::keyClick(&m_driver->table(), keys[0].key(), keys[0].keyboardModifiers());
    QWidget *opened = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        (opened = QApplication::activePopupWidget() ? QApplication::activePopupWidget() : QApplication::activeWindow())
            && opened != &window,
        30'000);
    // What it shows may have to be counted first.
    if (auto *table = opened->findChild<QWidget *>(u"pivotTable"_s)) {
        QTRY_VERIFY_WITH_TIMEOUT(table->isVisible(), 30'000);
    }
    const QStringList all = nameless(*opened);
    const QStringList missed = missedByTab(*opened);
    opened->close();
    QVERIFY2(all.isEmpty(), qPrintable(all.join(u'\n')));
    QVERIFY2(missed.isEmpty(), qPrintable(missed.join(u'\n')));
}

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
