// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>
#include <QString>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

namespace octotrail::exchange {

/// Pieces of HTML, each with a body, on numbered pages of a PDF, one below the other. A piece stays whole, on a new
/// page if need be, but for those that are longer than a page. Holds no more than some pieces at a time. They are
/// painted in one thread of its own, since Qt keeps the fonts of a PDF by thread; pieces may come from any. Needs a
/// QGuiApplication.
class PdfPages
{
public:
    /// The style sheet is that of all pieces. The device is this object's until it has gone.
    PdfPages(QIODevice &device, const QString &title, const QString &styleSheet);
    /// Waits until all is painted.
    ~PdfPages();
    PdfPages(const PdfPages &) = delete;
    PdfPages &operator=(const PdfPages &) = delete;

    /// A line separates it from what stands above it.
    void add(QString html);

private:
    std::optional<QString> next();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<QString> m_waiting;
    bool m_isComplete = false;
    std::thread m_painting; // last: it uses the others
};

} // namespace octotrail::exchange
