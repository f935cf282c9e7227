// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"

#include <QString>
#include <QTemporaryDir>
#include <functional>
#include <memory>
#include <string>
#include <vector>

/// A store in a folder of its own, and events to put into it.
class CaseFile
{
public:
    CaseFile();

    const std::shared_ptr<octotrail::store::Store> &store() const { return m_store; }
    octotrail::store::SourceId source() const { return m_source; }
    octotrail::store::SourceId addSource(const QString &name);

    /// Commits events and waits for it. Gives the first one's seq.
    octotrail::store::Seq append(const std::vector<std::string> &events, octotrail::store::SourceId source = 0);
    /// Closes the file, and opens it again when something was done to it meanwhile.
    void reopen(const std::function<void(const QString &file)> &meanwhile);
    void putUsers(const std::vector<std::string> &users);
    void putDevices(const std::vector<std::string> &devices);

private:
    QTemporaryDir m_folder;
    std::shared_ptr<octotrail::store::Store> m_store;
    octotrail::store::SourceId m_source = 0;
};

/// An event as Okta writes it, number n of a series: n seconds after 2026-11-23T08:00:00Z, actors and outcomes in turn.
struct SampleEvent
{
    int n = 0;
    std::string actor; ///< empty: one of seven in turn
    std::string outcome; ///< empty: FAILURE for every fifth, else SUCCESS
    std::string message = "User login to Okta";
    std::string city = "Berlin";
    std::string extra; ///< more members, beginning with a comma

    std::string json() const;
};

/// Events first to last of the series.
std::vector<std::string> sampleEvents(int first, int last);

/// When number n was published.
octotrail::event::Timestamp sampleTime(int n);
