// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Match.h"
#include "store/AlertWindow.h"

#include <map>
#include <vector>

namespace octotrail::detect {

/// The alerts that matches make, folded in memory as the store folds findings: for what would have been.
class AlertFold
{
public:
    struct Alert
    {
        Match match; ///< the first one, with the events of all
        std::int64_t matches = 0;
        bool isRaised = false; ///< its threshold was reached
    };

    void add(Match match);

    /// In the order in which they began; those that were not raised are left out.
    std::vector<Alert> take();
    std::int64_t raised() const;

private:
    struct Window : store::AlertWindow
    {
        using AlertWindow::AlertWindow;
        std::size_t alert = 0;
    };

    bool join(Window &window, const store::Finding &finding);

    std::vector<Alert> m_alerts;
    std::map<std::pair<QString, QString>, store::AlertWindows<Window>> m_windows; ///< by rule and key
};

} // namespace octotrail::detect
