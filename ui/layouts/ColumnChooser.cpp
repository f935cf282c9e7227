// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layouts/ColumnChooser.h"

#include "event/FieldCatalogue.h"
#include "filter/Expression.h"
#include "filter/ProfilePath.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FocusOrder.h"
#include "ui/widgets/PlainText.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int KeyRole = Qt::UserRole;
constexpr int WidthRole = Qt::UserRole + 1;
constexpr int PathRole = Qt::UserRole + 2;

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// The column with this key as it is called and found.
ColumnInfo infoOf(const QString &key)
{
    for (const EventColumnInfo &info : eventColumns()) {
        if (key == QLatin1StringView(info.key)) {
            return columnInfo(info.column);
        }
    }
    return columnInfo(key);
}

QString captionOf(const ColumnInfo &info)
{
    return info.path.isEmpty() || info.path == info.title ? info.title : info.title + u"  \u2013  "_s + info.path;
}

} // namespace

ColumnChooser::ColumnChooser(const TableLayout &layout, QWidget *parent)
    : QDialog(parent)
    , m_layout(layout)
    , m_search(new QLineEdit(this))
    , m_fields(new QListWidget(this))
    , m_shown(new QListWidget(this))
    , m_add(new QPushButton(icon(u"plus"), tr("&Add this path"), this))
    , m_up(new QPushButton(icon(u"arrow-up"), tr("&Up"), this))
    , m_down(new QPushButton(icon(u"arrow-down"), tr("&Down"), this))
    , m_remove(new QPushButton(icon(u"clear"), tr("&Remove"), this))
    , m_pinned(new QSpinBox(this))
{
    setObjectName(u"columnChooser"_s);
    setWindowTitle(tr("Columns"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(104 * metrics::Unit, 66 * metrics::Unit);
    m_search->setObjectName(u"columnSearch"_s);
    m_search->setAccessibleName(tr("Find a field, or type a path"));
    m_search->setPlaceholderText(tr("Find a field, or type a path such as debugContext.debugData.requestUri"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_fields->setObjectName(u"columnFields"_s);
    m_fields->setAccessibleName(tr("Fields"));
    m_fields->setTextElideMode(Qt::ElideRight);
    m_fields->setUniformItemSizes(true);
    m_shown->setObjectName(u"columnShown"_s);
    m_shown->setAccessibleName(tr("Columns, from the left"));
    m_shown->setDragDropMode(QAbstractItemView::InternalMove);
    m_shown->setDefaultDropAction(Qt::MoveAction);
    m_add->setObjectName(u"columnAdd"_s);
    m_pinned->setObjectName(u"columnPinned"_s);

    for (const EventColumnInfo &info : eventColumns()) {
        addField(columnInfo(info.column));
    }
    for (const event::Field &field : event::fields()) {
        addField(columnInfo(textOf(field.path)));
    }
    for (const std::string_view member : event::targetMembers) {
        addField(columnInfo(u"target."_s + textOf(member)));
    }
    for (const filter::AnnotationField &field : filter::annotationFields()) {
        addField(columnInfo(textOf(field.path)));
    }
    for (const filter::ProfileField &field : filter::profileFields()) {
        for (const QString &whose : field.ofDevice ? QStringList{u"device"_s} : QStringList{u"actor"_s, u"target"_s}) {
            addField(columnInfo(whose + u".profile."_s + textOf(field.path)));
        }
    }
    for (const TableLayout::Column &column : layout.columns) {
        setShown(column.key, true);
        if (QListWidgetItem *item = shownItem(column.key)) {
            item->setData(WidthRole, column.width);
        }
    }
    m_shown->setCurrentRow(0);

    auto *left = new QVBoxLayout;
    auto *searchRow = new QHBoxLayout;
    searchRow->addWidget(m_search, 1);
    searchRow->addWidget(m_add);
    left->addLayout(searchRow);
    left->addWidget(m_fields, 1);
    auto *right = new QVBoxLayout;
    auto *label = new QLabel(tr("&Shown, from the left:"), this);
    label->setBuddy(m_shown);
    right->addWidget(label);
    right->addWidget(m_shown, 1);
    auto *row = new QHBoxLayout;
    for (QPushButton *button : {m_up, m_down, m_remove}) {
        row->addWidget(button);
    }
    row->addStretch();
    right->addLayout(row);
    auto *form = new QFormLayout;
    form->addRow(tr("&Pinned columns:"), m_pinned);
    right->addLayout(form);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    for (QPushButton *button : {m_add, m_up, m_down, m_remove}) {
        button->setAutoDefault(false);
    }
    auto *both = new QHBoxLayout;
    both->setSpacing(2 * metrics::Unit);
    both->addLayout(left, 3);
    both->addLayout(right, 2);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    outer->setSpacing(2 * metrics::Unit);
    outer->addLayout(both, 1);
    outer->addWidget(buttons);
    orderFocus(*this);

    connect(m_search, &QLineEdit::textChanged, this, &ColumnChooser::narrow);
    connect(m_fields, &QListWidget::itemChanged, this, &ColumnChooser::takeTick);
    connect(m_add, &QPushButton::clicked, this, &ColumnChooser::addTyped);
    connect(m_up, &QPushButton::clicked, this, [this] { moveBy(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { moveBy(1); });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (const QListWidgetItem *item = m_shown->currentItem()) {
            setShown(item->data(KeyRole).toString(), false);
        }
    });
    connect(m_shown, &QListWidget::currentRowChanged, this, &ColumnChooser::check);
    connect(m_shown->model(), &QAbstractItemModel::rowsInserted, this, &ColumnChooser::check);
    connect(m_shown->model(), &QAbstractItemModel::rowsRemoved, this, &ColumnChooser::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    narrow();
    check();
    m_pinned->setValue(layout.pinned);
    m_search->setFocus();
}

void ColumnChooser::addField(const ColumnInfo &info)
{
    // A field that one of the table's own columns shows is not offered twice.
    const QString sorted = QString::fromStdString(info.sortPath);
    if (m_known.contains(info.key) || m_known.contains(info.path) || m_known.contains(sorted)) {
        return;
    }
    m_known.unite({info.key});
    for (const QString &path : {info.path, sorted}) {
        if (!path.isEmpty()) {
            m_known.insert(path);
        }
    }
    auto *item = new QListWidgetItem(captionOf(info), m_fields);
    item->setData(KeyRole, info.key);
    item->setData(PathRole, info.path);
    item->setToolTip(ui::toolTip(captionOf(info)));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(Qt::Unchecked);
}

QListWidgetItem *ColumnChooser::shownItem(const QString &key) const
{
    for (int row = 0; row < m_shown->count(); ++row) {
        if (m_shown->item(row)->data(KeyRole).toString() == key) {
            return m_shown->item(row);
        }
    }
    return nullptr;
}

void ColumnChooser::setShown(const QString &key, bool shown)
{
    QListWidgetItem *there = shownItem(key);
    if (shown && !there) {
        const ColumnInfo info = infoOf(key);
        auto *item = new QListWidgetItem(singleLine(info.title, 80), m_shown);
        item->setData(KeyRole, key);
        item->setData(WidthRole, info.width);
        item->setToolTip(ui::toolTip(captionOf(info)));
        m_shown->setCurrentItem(item);
    } else if (!shown && there) {
        delete there; // takes itself out of the list
    }
    for (int row = 0; row < m_fields->count(); ++row) {
        QListWidgetItem *item = m_fields->item(row);
        if (item->data(KeyRole).toString() == key) {
            item->setCheckState(shown ? Qt::Checked : Qt::Unchecked);
        }
    }
    check();
}

void ColumnChooser::takeTick(QListWidgetItem *item)
{
    setShown(item->data(KeyRole).toString(), item->checkState() == Qt::Checked);
}

QString ColumnChooser::typedPath() const
{
    return QString::fromStdString(filter::readPath(m_search->text().trimmed().toStdString()).value_or(std::string()));
}

void ColumnChooser::narrow()
{
    const QString typed = typedPath();
    const QStringList words = m_search->text().simplified().split(u' ', Qt::SkipEmptyParts);
    QListWidgetItem *first = nullptr;
    bool exact = false;
    for (int row = 0; row < m_fields->count(); ++row) {
        QListWidgetItem *item = m_fields->item(row);
        const bool isTyped = !typed.isEmpty() && item->data(PathRole).toString() == typed;
        const bool matches = isTyped || std::ranges::all_of(words, [&](const QString &word) {
            return item->text().contains(word, Qt::CaseInsensitive);
        });
        item->setHidden(!matches);
        first = matches && !first ? item : first;
        exact = exact || isTyped;
    }
    if (first) {
        m_fields->setCurrentItem(first);
    }
    m_add->setEnabled(!typed.isEmpty() && !exact && !shownItem(typed));
}

void ColumnChooser::addTyped()
{
    const QString path = typedPath();
    addField(columnInfo(path));
    setShown(path, true);
    m_search->clear();
}

bool ColumnChooser::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<const QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        // Enter ticks the field that is found, or adds the path; with nothing typed it is that of the dialog.
        if (enter && !m_search->text().trimmed().isEmpty()) {
            QListWidgetItem *item = m_fields->currentItem();
            if (item && !item->isHidden()) {
                item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
                m_search->clear();
            } else if (m_add->isEnabled()) {
                addTyped();
            }
            return true;
        }
        if (key->key() == Qt::Key_Down) {
            m_fields->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void ColumnChooser::moveBy(int by)
{
    const int row = m_shown->currentRow();
    const int to = row + by;
    if (row >= 0 && to >= 0 && to < m_shown->count()) {
        QListWidgetItem *item = m_shown->takeItem(row);
        m_shown->insertItem(to, item);
        m_shown->setCurrentRow(to);
        check();
    }
}

void ColumnChooser::check()
{
    const int row = m_shown->currentRow();
    const int count = m_shown->count();
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < count);
    m_remove->setEnabled(row >= 0 && count > 1);
    m_pinned->setMaximum(std::max(0, count - 1));
    if (m_ok) {
        m_ok->setEnabled(count > 0);
    }
}

TableLayout ColumnChooser::layout() const
{
    TableLayout layout = m_layout;
    layout.columns.clear();
    for (int row = 0; row < m_shown->count(); ++row) {
        const QListWidgetItem *item = m_shown->item(row);
        layout.columns.push_back({item->data(KeyRole).toString(), item->data(WidthRole).toInt()});
    }
    layout.pinned = std::min(m_pinned->value(), std::max(0, m_shown->count() - 1));
    return layout;
}

} // namespace octotrail::ui
