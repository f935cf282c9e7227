// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/SigmaDetector.h"

namespace octotrail::detect {

/// Runs rules of every format, each kind by what runs it. One thread.
class DetectorSet : public Detector
{
public:
    /// Rules that correlations refer to stand before these, as RuleSet has them.
    /// Rules in Python are told what their events' sources are called.
    explicit DetectorSet(std::vector<RulePtr> rules, const SigmaDetector::Watches &watches = {},
        const std::map<store::SourceId, store::SourceConfig> &sources = {});
    ~DetectorSet() override;

    void process(const std::vector<EventRef> &events, std::vector<Match> &matches) override;
    std::map<std::string, std::string> takeChangedState() override;
    void restore(const std::map<std::string, std::string> &state) override;

    /// Nothing more comes: windows that are still open are judged.
    void finish(std::vector<Match> &matches) { m_native.finish(matches); }

    /// The native ones.
    const std::vector<RulePtr> &nativeRules() const { return m_native.rules(); }

private:
    SigmaDetector m_native;
    std::vector<std::unique_ptr<Detector>> m_others;
};

} // namespace octotrail::detect
