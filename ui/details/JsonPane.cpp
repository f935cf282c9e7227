// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/JsonPane.h"

#include "ui/models/JsonTreeModel.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/JsonTreeView.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

JsonPane::JsonPane(QWidget *parent)
    : QWidget(parent)
    , m_tree(new JsonTreeView(this))
    , m_none(new QLabel(
          tr("There is no tree of this event: it is no JSON, or larger than 8 MB. Raw shows it as it is."), this))
    , m_edit(new QLineEdit(this))
    , m_state(new QLabel(this))
    , m_previous(new QToolButton(this))
    , m_next(new QToolButton(this))
{
    m_edit->setObjectName(u"jsonSearch"_s);
    m_edit->setAccessibleName(tr("Find in this event"));
    m_edit->setPlaceholderText(tr("Find a name or a value (Ctrl+F here)"));
    m_edit->setClearButtonEnabled(true);
    m_edit->installEventFilter(this);
    m_state->setObjectName(u"jsonSearchState"_s);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    const auto set = [](QToolButton *button, QStringView iconName, const QString &text) {
        button->setIcon(icon(iconName));
        button->setAutoRaise(true);
        button->setEnabled(false);
        button->setToolTip(text);
        button->setAccessibleName(text);
    };
    set(m_previous, u"arrow-up", tr("Previous (Shift+Enter)"));
    set(m_next, u"arrow-down", tr("Next (Enter)"));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(metrics::Unit, metrics::HalfUnit, metrics::Unit, metrics::HalfUnit);
    row->setSpacing(metrics::HalfUnit);
    row->addWidget(m_edit, 1);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addWidget(m_state);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(row);
    m_none->setObjectName(u"jsonNone"_s);
    m_none->setWordWrap(true);
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setForegroundRole(QPalette::PlaceholderText);
    m_none->setContentsMargins(2 * metrics::Unit, 0, 2 * metrics::Unit, 0);
    m_none->hide();
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_none, 1);
    setFocusProxy(m_tree);
    m_delay.setSingleShot(true);
    m_delay.setInterval(std::chrono::milliseconds(120));
    connect(&m_delay, &QTimer::timeout, this, &JsonPane::search);
    connect(m_edit, &QLineEdit::textChanged, &m_delay, QOverload<>::of(&QTimer::start));
    connect(m_next, &QToolButton::clicked, this, [this] { go(1); });
    connect(m_previous, &QToolButton::clicked, this, [this] { go(-1); });
    connect(m_tree->jsonModel(), &QAbstractItemModel::modelReset, this, [this] {
        const bool isThere = m_tree->jsonModel()->rowCount() > 0;
        m_tree->setVisible(isThere);
        m_none->setVisible(!isThere);
    });
    // Another event is searched for the same.
    connect(m_tree->jsonModel(), &QAbstractItemModel::modelReset, &m_delay, QOverload<>::of(&QTimer::start));
}

void JsonPane::focusSearch()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void JsonPane::search()
{
    const QString text = m_edit->text().trimmed();
    m_hits = text.isEmpty() ? QList<QList<int>>() : m_tree->jsonModel()->find(text);
    m_current = -1;
    m_previous->setEnabled(!m_hits.isEmpty());
    m_next->setEnabled(!m_hits.isEmpty());
    m_state->setText(text.isEmpty() ? QString() : m_hits.isEmpty() ? tr("Nothing found") : QString());
    if (!m_hits.isEmpty()) {
        go(1);
    }
}

void JsonPane::go(int step)
{
    if (m_hits.isEmpty()) {
        return;
    }
    m_current = (m_current + step + m_hits.size()) % m_hits.size();
    const QModelIndex index = m_tree->jsonModel()->indexOf(m_hits[m_current]);
    for (QModelIndex parent = index.parent(); parent.isValid(); parent = parent.parent()) {
        m_tree->expand(parent);
    }
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index);
    m_state->setText(tr("%1 of %2").arg(m_current + 1).arg(m_hits.size()));
}

bool JsonPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<const QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            if (m_delay.isActive()) {
                m_delay.stop();
                search();
            } else {
                go(key->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
            }
            return true;
        }
        if (key->key() == Qt::Key_Escape && !m_edit->text().isEmpty()) {
            m_edit->clear();
            m_tree->setFocus(Qt::OtherFocusReason);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace octotrail::ui
