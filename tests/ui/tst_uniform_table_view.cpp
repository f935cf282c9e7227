// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/UniformTableView.h"

#include <QAbstractTableModel>
#include <QHeaderView>
#include <QScrollBar>
#include <QTest>

using namespace octotrail;
using ui::UniformTableView;

namespace {

constexpr int rowHeight = 26;

class Grid : public QAbstractTableModel
{
public:
    explicit Grid(int rows)
        : m_rows(rows)
    { }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_rows; }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 6; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(index.row() * 10 + index.column()) : QVariant();
    }
    void insert(int row, int count)
    {
        beginInsertRows({}, row, row + count - 1);
        m_rows += count;
        endInsertRows();
    }
    void remove(int row, int count)
    {
        beginRemoveRows({}, row, row + count - 1);
        m_rows -= count;
        endRemoveRows();
    }
    void tellChanged(int first, int last) { Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1)); }

private:
    int m_rows;
};

/// Counts how often a widget is painted.
class Paints : public QObject
{
public:
    explicit Paints(QWidget *widget) { widget->installEventFilter(this); }
    int count = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
};

void setUp(QTableView &view, QAbstractItemModel &model)
{
    view.setModel(&model);
    view.setShowGrid(false);
    view.setSelectionBehavior(QTableView::SelectRows);
    view.setVerticalScrollMode(QTableView::ScrollPerPixel);
    view.setHorizontalScrollMode(QTableView::ScrollPerPixel);
    view.setTabKeyNavigation(false);
    view.horizontalHeader()->setSectionsMovable(true);
    view.horizontalHeader()->moveSection(4, 1);
    view.horizontalHeader()->setSectionHidden(2, true);
    view.resize(350, 300);
    view.show();
}

QList<int> chosen(const QTableView &view)
{
    QList<int> rows;
    for (const QModelIndex &index : view.selectionModel()->selectedRows()) {
        rows << index.row();
    }
    std::ranges::sort(rows);
    return rows;
}

} // namespace

/// Whatever can be asked of it, QTableView is asked, too.
class UniformTableViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_other.verticalHeader()->hide();
        m_other.verticalHeader()->setDefaultSectionSize(rowHeight);
        m_view.setRowHeight(rowHeight);
        setUp(m_view, m_grid);
        setUp(m_other, m_grid);
        for (QTableView *view : {static_cast<QTableView *>(&m_view), &m_other}) {
            view->setCurrentIndex(m_grid.index(0, 0));
            view->scrollToTop();
        }
    }

    void placesCells()
    {
        for (const QPoint scrolled : {QPoint(0, 0), {0, 41}, {70, 2000}, {9999, 99999}}) {
            for (QTableView *view : {static_cast<QTableView *>(&m_view), &m_other}) {
                view->horizontalScrollBar()->setValue(scrolled.x());
                view->verticalScrollBar()->setValue(scrolled.y());
            }
            QCOMPARE(m_view.verticalScrollBar()->value(), m_other.verticalScrollBar()->value());
            QCOMPARE(m_view.horizontalScrollBar()->value(), m_other.horizontalScrollBar()->value());
            QCOMPARE(m_view.viewport()->geometry(), m_other.viewport()->geometry());
            for (int x = -20; x < 400; x += 35) {
                for (int y = -30; y < 350; y += 13) {
                    QCOMPARE(m_view.indexAt({x, y}), m_other.indexAt({x, y}));
                }
            }
            for (const int row : {0, 3, 80, 199}) {
                for (int column = 0; column < 6; ++column) {
                    QCOMPARE(
                        m_view.visualRect(m_grid.index(row, column)), m_other.visualRect(m_grid.index(row, column)));
                }
            }
        }
        QCOMPARE(m_view.visualRect({}), QRect());
        QCOMPARE(m_view.childAt(10, 10), m_view.horizontalHeader()->viewport()); // nothing is before it
    }

    void keysGoWhereTheyGoElsewhere()
    {
        m_view.setCurrentIndex(m_grid.index(5, 1));
        m_other.setCurrentIndex(m_grid.index(5, 1));
        const auto press = [&](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
            for (QTableView *view : {static_cast<QTableView *>(&m_view), &m_other}) {
                QTest::keyClick(view, key, modifiers);
            }
            QCOMPARE(m_view.currentIndex(), m_other.currentIndex());
            QCOMPARE(chosen(m_view), chosen(m_other));
        };
        for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Up, Qt::Key_Left, Qt::Key_Left, Qt::Key_Left,
                 Qt::Key_Right, Qt::Key_End, Qt::Key_Right, Qt::Key_Home}) {
            press(key);
        }
        press(Qt::Key_Down, Qt::ShiftModifier);
        press(Qt::Key_Down, Qt::ShiftModifier);
        press(Qt::Key_Up, Qt::ShiftModifier);
        press(Qt::Key_End, Qt::ControlModifier);
        press(Qt::Key_Down);
        press(Qt::Key_Home, Qt::ControlModifier);
        press(Qt::Key_Up);
        press(Qt::Key_End, Qt::ControlModifier | Qt::ShiftModifier);
        press(Qt::Key_A, Qt::ControlModifier);
        m_view.setCurrentIndex(m_grid.index(100, 1));
        QTest::keyClick(&m_view, Qt::Key_PageDown);
        QCOMPARE(m_view.currentIndex().row(), 100 + m_view.viewport()->height() / rowHeight);
        QTest::keyClick(&m_view, Qt::Key_PageUp);
        QCOMPARE(m_view.currentIndex().row(), 100);
        QVERIFY(m_view.viewport()->rect().contains(m_view.visualRect(m_view.currentIndex()).center()));
    }

    void theMouseChooses()
    {
        const auto click = [&](int y, Qt::KeyboardModifiers modifiers = {}) {
            for (QTableView *view : {static_cast<QTableView *>(&m_view), &m_other}) {
                QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers, {20, y});
            }
            QCOMPARE(chosen(m_view), chosen(m_other));
        };
        click(30);
        click(130, Qt::ShiftModifier);
        click(60, Qt::ControlModifier);
        click(200, Qt::ControlModifier);
        for (QTableView *view : {static_cast<QTableView *>(&m_view), &m_other}) {
            view->verticalScrollBar()->setValue(3000);
        }
        click(70, Qt::ShiftModifier); // from far above
        QVERIFY(chosen(m_view).size() > 100);
        click(20);
        QCOMPARE(chosen(m_view).size(), 1);
    }

    void scrollsToWhatIsWanted()
    {
        for (const QTableView::ScrollHint hint : {QTableView::EnsureVisible, QTableView::PositionAtCenter,
                 QTableView::PositionAtTop, QTableView::PositionAtBottom}) {
            for (const int row : {0, 150, 151, 10, 199}) {
                for (const int column : {0, 5, 4}) {
                    m_view.scrollTo(m_grid.index(row, column), hint);
                    m_other.scrollTo(m_grid.index(row, column), hint);
                    QCOMPARE(m_view.verticalScrollBar()->value(), m_other.verticalScrollBar()->value());
                    QCOMPARE(m_view.horizontalScrollBar()->value(), m_other.horizontalScrollBar()->value());
                }
            }
        }
    }

    void followsTheModel()
    {
        m_view.setCurrentIndex(m_grid.index(150, 0));
        m_grid.insert(0, 40);
        QCOMPARE(m_view.currentIndex().row(), 190);
        QCOMPARE(m_view.verticalScrollBar()->maximum(), 240 * rowHeight - m_view.viewport()->height());
        m_grid.remove(0, 40);
        QCOMPARE(m_view.currentIndex().row(), 150);
        QCOMPARE(m_view.verticalScrollBar()->maximum(), 200 * rowHeight - m_view.viewport()->height());
    }

    void showsWhatHasChanged()
    {
        QVERIFY(QTest::qWaitForWindowExposed(&m_view));
        QCoreApplication::processEvents();
        Paints paints(m_view.viewport());
        m_grid.tellChanged(0, 199);
        QTRY_VERIFY(paints.count > 0);
        QCoreApplication::processEvents();
        paints.count = 0;
        m_grid.tellChanged(2, 3);
        QTRY_VERIFY(paints.count > 0);
        QCoreApplication::processEvents();
        paints.count = 0;
        m_grid.tellChanged(150, 160); // out of sight
        QTest::qWait(20);
        QCOMPARE(paints.count, 0);
    }

    void holdsAsManyRowsAsPixelsAllow()
    {
        constexpr int rows = std::numeric_limits<int>::max() / rowHeight - 100;
        Grid large(rows - 10);
        UniformTableView view;
        view.setRowHeight(rowHeight);
        setUp(view, large);
        large.insert(0, 10);
        view.setCurrentIndex(large.index(0, 0));
        QTest::keyClick(&view, Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(view.currentIndex().row(), rows - 1);
        QCOMPARE(view.indexAt({10, view.viewport()->height() - 3}).row(), rows - 1);
        QCOMPARE(view.rowAt(view.viewport()->height() + 1), -1);
        QCOMPARE(view.verticalHeader()->count(), 0);
        view.selectAll();
        QVERIFY(view.selectionModel()->isRowSelected(rows / 2, {}));
    }

private:
    Grid m_grid{200};
    UniformTableView m_view;
    QTableView m_other;
};

QTEST_MAIN(UniformTableViewTest)
#include "tst_uniform_table_view.moc"
