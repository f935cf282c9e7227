// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Accessibility.h"
#include "FilledWindow.h"
#include "ui/style/Appearance.h"
#include "ui/style/ItemText.h"

#include <QApplication>
#include <QMenuBar>
#include <QStyleOptionViewItem>
#include <QTest>
#include <map>

using namespace octotrail;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using ui::Tone;

/// Every view and dialog can be used with the keyboard alone, and read aloud.
class TestAccessibility : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void colours_data();
    void colours();
    void views_data();
    void views();
    void everyMenuEntryHasAText();
    void dialogs_data();
    void dialogs();
    void cleanupTestCase() { m_filled.reset(); }

private:
    std::unique_ptr<ui::Appearance> m_appearance;
    std::unique_ptr<FilledWindow> m_filled;
};

void TestAccessibility::initTestCase()
{
    m_appearance = std::make_unique<ui::Appearance>(*qApp);
    m_filled = std::make_unique<FilledWindow>();
    QVERIFY(m_filled->open());
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
        QVERIFY2(ratio >= leastContrast,
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

void TestAccessibility::views_data()
{
    QTest::addColumn<QString>("view");
    for (const QString &view : FilledWindow::views()) {
        QTest::newRow(qPrintable(view)) << view;
    }
}

void TestAccessibility::views()
{
    QFETCH(const QString, view);
    QVERIFY(m_filled->show(view));
    QCOMPARE(nameless(m_filled->window()), QStringList());
    const QStringList faults = tabFaults(m_filled->window());
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

void TestAccessibility::everyMenuEntryHasAText()
{
    QList<QMenu *> menus;
    for (const QAction *action : m_filled->window().menuBar()->actions()) {
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
    QTest::addColumn<QString>("dialog");
    for (const QString &dialog : FilledWindow::dialogs()) {
        QTest::newRow(qPrintable(dialog)) << dialog;
    }
}

void TestAccessibility::dialogs()
{
    QFETCH(const QString, dialog);
    QWidget *opened = m_filled->openDialog(dialog);
    QVERIFY(opened);
    const QStringList all = nameless(*opened);
    const QStringList faults = tabFaults(*opened);
    opened->close();
    QCOMPARE(all, QStringList());
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
