// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"

#include <QToolButton>
#include <vector>

namespace octotrail::ui {

/// Which sources' events are shown: all, or those that are ticked.
class SourceChoice : public QToolButton
{
    Q_OBJECT

public:
    explicit SourceChoice(QWidget *parent = nullptr);

    /// The sources there are. One that was chosen and is gone is chosen no more.
    void setSources(const std::vector<store::SourceConfig> &sources);
    const std::vector<store::SourceConfig> &sources() const { return m_sources; }
    /// Empty: all.
    std::vector<store::SourceId> chosen() const { return m_chosen; }
    void setChosen(const std::vector<store::SourceId> &sources);

Q_SIGNALS:
    void changed();

private:
    void rebuild();

    std::vector<store::SourceConfig> m_sources;
    std::vector<store::SourceId> m_chosen;
    bool m_known = false; ///< whether setSources() has been called
};

} // namespace octotrail::ui
