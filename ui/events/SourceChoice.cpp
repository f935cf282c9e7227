// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/SourceChoice.h"

#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"

#include <QMenu>
#include <algorithm>

namespace octotrail::ui {

SourceChoice::SourceChoice(QWidget *parent)
    : QToolButton(parent)
{
    setObjectName(QStringLiteral("sourceChoice"));
    setPopupMode(InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIcon(ui::icon(u"sources", Tone::Muted));
    setFocusPolicy(Qt::StrongFocus);
    setMenu(new QMenu(this));
    rebuild();
}

void SourceChoice::setSources(const std::vector<store::SourceConfig> &sources)
{
    m_sources = sources;
    m_known = true;
    const std::size_t before = m_chosen.size();
    std::erase_if(m_chosen, [this](store::SourceId id) {
        return std::ranges::find(m_sources, id, &store::SourceConfig::id) == m_sources.end();
    });
    rebuild();
    if (m_chosen.size() != before) {
        Q_EMIT changed();
    }
}

void SourceChoice::setChosen(const std::vector<store::SourceId> &sources)
{
    m_chosen = sources;
    if (m_known) {
        std::erase_if(m_chosen, [this](store::SourceId id) {
            return std::ranges::find(m_sources, id, &store::SourceConfig::id) == m_sources.end();
        });
    }
    rebuild();
}

void SourceChoice::rebuild()
{
    menu()->clear();
    QAction *all = menu()->addAction(tr("All sources"));
    all->setCheckable(true);
    all->setChecked(m_chosen.empty());
    connect(all, &QAction::triggered, this, [this] {
        m_chosen.clear();
        rebuild();
        Q_EMIT changed();
    });
    menu()->addSeparator();
    QString text = tr("All sources");
    for (const store::SourceConfig &source : m_sources) {
        const bool on = std::ranges::find(m_chosen, source.id) != m_chosen.end();
        if (on) {
            text = m_chosen.size() == 1 ? singleLine(source.name, 32)
                                        : tr("%1 of %2 sources").arg(m_chosen.size()).arg(m_sources.size());
        }
        QAction *action = menu()->addAction(actionText(source.name));
        action->setCheckable(true);
        action->setChecked(on);
        connect(action, &QAction::triggered, this, [this, id = source.id](bool checked) {
            std::erase(m_chosen, id);
            if (checked) {
                m_chosen.push_back(id);
            }
            if (m_chosen.size() == m_sources.size()) {
                m_chosen.clear();
            }
            // The menu is rebuilt when this action has finished with it.
            QMetaObject::invokeMethod(this, &SourceChoice::rebuild, Qt::QueuedConnection);
            Q_EMIT changed();
        });
    }
    QString shown = text;
    shown.replace(u'&', QStringLiteral("&&"));
    setText(shown);
    setAccessibleName(tr("Source: %1").arg(text));
}

} // namespace octotrail::ui
