// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/detections/DetectionModel.h"

#include "detect/OwnRules.h"
#include "ui/detections/RuleLook.h"
#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"

#include <QFileInfo>
#include <algorithm>

namespace octotrail::ui {

namespace {

/// The internal id of packs; that of a rule is one more than its pack's row.
constexpr quintptr packId = 0;

QString nameOf(const detect::Problem &problem)
{
    if (!problem.title.trimmed().isEmpty()) {
        return singleLine(problem.title, 200);
    }
    return detect::ownDocument(problem.file) ? DetectionModel::tr("A rule without a title")
                                             : QFileInfo(problem.file).fileName();
}

/// What a pack's problems leave out, by file. A rule that another pack has, too, is none of them: it can be used.
std::vector<DetectionModel::Broken> brokenOf(const detect::RuleSet &set)
{
    std::vector<DetectionModel::Broken> all;
    for (const detect::Problem &problem : set.problems) {
        const bool isThere = std::ranges::any_of(set.rules,
            [&](const detect::RulePtr &rule) { return rule->file == problem.file && rule->line == problem.line; });
        if (problem.file.isEmpty() || isThere) {
            continue;
        }
        auto known = std::ranges::find(all, problem.file, &DetectionModel::Broken::file);
        if (known == all.end()) {
            known = all.insert(all.end(), {problem.file, nameOf(problem), {}});
        }
        known->reasons << (problem.line > 0 ? DetectionModel::tr("Line %1: %2").arg(problem.line).arg(problem.reason)
                                            : problem.reason);
    }
    return all;
}

} // namespace

DetectionModel::DetectionModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_packs(std::make_shared<const std::vector<detect::Pack>>())
{ }

void DetectionModel::setPacks(std::shared_ptr<const std::vector<detect::Pack>> packs)
{
    beginResetModel();
    m_packs = std::move(packs);
    fill();
    endResetModel();
}

void DetectionModel::setSearch(const QString &text)
{
    const QStringList words = text.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    if (words == m_words) {
        return;
    }
    beginResetModel();
    m_words = words;
    fill();
    endResetModel();
}

void DetectionModel::fill()
{
    m_entries.clear();
    for (const detect::Pack &pack : *m_packs) {
        Entry entry{&pack, {}, brokenOf(pack.set)};
        std::erase_if(entry.broken, [&](const Broken &one) {
            const QString text = (one.title + u' ' + one.reasons.join(u' ')).toCaseFolded();
            return !std::ranges::all_of(m_words, [&](const QString &word) { return text.contains(word); });
        });
        for (const detect::RulePtr &rule : pack.set.rules) {
            const QString text = (rule->title + u' ' + rule->tags.join(u' ') + u' ' + detect::levelName(rule->level)
                + u' ' + (rule->expression() ? QString::fromStdString(rule->expression()->toString()) : QString()))
                                     .toCaseFolded();
            if (rule->raises
                && std::ranges::all_of(m_words, [&](const QString &word) { return text.contains(word); })) {
                entry.rules.push_back(rule);
            }
        }
        std::ranges::stable_sort(entry.rules, [](const detect::RulePtr &a, const detect::RulePtr &b) {
            return std::pair(-static_cast<int>(a->level), a->title) < std::pair(-static_cast<int>(b->level), b->title);
        });
        if (m_words.isEmpty() || !entry.rules.empty() || !entry.broken.empty()) {
            m_entries.push_back(std::move(entry));
        }
    }
}

void DetectionModel::tellAll()
{
    if (m_entries.empty()) {
        return;
    }
    const int last = static_cast<int>(m_entries.size()) - 1;
    Q_EMIT dataChanged(index(0, 0), index(last, ColumnCount - 1));
    for (int row = 0; row <= last; ++row) {
        const QModelIndex pack = index(row, 0);
        if (const int rules = rowCount(pack); rules > 0) {
            Q_EMIT dataChanged(index(0, 0, pack), index(rules - 1, ColumnCount - 1, pack));
        }
    }
}

void DetectionModel::setChoices(const detect::RuleChoices &choices)
{
    if (choices != m_choices) {
        m_choices = choices;
        tellAll();
    }
}

void DetectionModel::setPacksOfSources(const QStringList &ids, bool hasArchives)
{
    m_packsOfSources = ids;
    m_hasArchives = hasArchives;
    tellAll();
}

void DetectionModel::setAlertCounts(const QHash<QString, int> &counts)
{
    m_counts = counts;
    tellAll();
}

const detect::Pack *DetectionModel::packAt(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return nullptr;
    }
    const std::size_t row
        = index.internalId() == packId ? static_cast<std::size_t>(index.row()) : index.internalId() - 1;
    return m_entries[row].pack;
}

detect::RulePtr DetectionModel::ruleAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == packId) {
        return nullptr;
    }
    const std::vector<detect::RulePtr> &rules = m_entries[index.internalId() - 1].rules;
    const auto row = static_cast<std::size_t>(index.row());
    return row < rules.size() ? rules[row] : nullptr;
}

const DetectionModel::Broken *DetectionModel::brokenAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == packId) {
        return nullptr;
    }
    const Entry &entry = m_entries[index.internalId() - 1];
    const auto row = static_cast<std::size_t>(index.row());
    return row < entry.rules.size() ? nullptr : &entry.broken[row - entry.rules.size()];
}

bool DetectionModel::isOn(const detect::Pack &pack) const
{
    if (const auto said = m_choices.pack(pack.id)) {
        return *said;
    }
    return pack.isBundled ? m_packsOfSources.contains(pack.id) || (m_hasArchives && pack.isOnByDefault)
                          : pack.isOnByDefault;
}

int DetectionModel::ruleCount() const
{
    int count = 0;
    for (const Entry &entry : m_entries) {
        count += static_cast<int>(entry.rules.size());
    }
    return count;
}

QModelIndex DetectionModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : packId);
}

QModelIndex DetectionModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == packId) {
        return {};
    }
    return createIndex(static_cast<int>(index.internalId() - 1), 0, packId);
}

int DetectionModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return static_cast<int>(m_entries.size());
    }
    if (parent.internalId() != packId || parent.column() != 0) {
        return 0;
    }
    const Entry &entry = m_entries[static_cast<std::size_t>(parent.row())];
    return static_cast<int>(entry.rules.size() + entry.broken.size());
}

int DetectionModel::columnCount(const QModelIndex & /*parent*/) const
{
    return ColumnCount;
}

int DetectionModel::alertsOf(const Entry &entry) const
{
    int sum = 0;
    for (const detect::RulePtr &rule : entry.rules) {
        sum += m_counts.value(rule->id);
    }
    return sum;
}

QVariant DetectionModel::packData(const Entry &entry, int column, int role) const
{
    if (role == Qt::DisplayRole && column == Name) {
        const QString title = singleLine(entry.pack->title, 100);
        const QString rules = QString::number(entry.rules.size());
        return entry.broken.empty()
            ? tr("%1 (rules: %2)").arg(title, rules)
            : tr("%1 (rules: %2, with errors: %3)").arg(title, rules, QString::number(entry.broken.size()));
    }
    if (role == Qt::DisplayRole && column == Alerts) {
        const int alerts = alertsOf(entry);
        return alerts > 0 ? QVariant(alerts) : QVariant();
    }
    if (role == Qt::CheckStateRole && column == Name) {
        return isOn(*entry.pack) ? Qt::Checked : Qt::Unchecked;
    }
    if (role == Qt::ToolTipRole) {
        return toolTip(entry.pack->description);
    }
    return {};
}

QVariant DetectionModel::ruleData(const Entry &entry, const detect::Rule &rule, int column, int role) const
{
    const bool isOnNow = isOn(*entry.pack) && m_choices.isRuleOn(rule);
    if (role == Qt::CheckStateRole && column == Name) {
        return isOnNow ? Qt::Checked : Qt::Unchecked;
    }
    if (role == Qt::ToolTipRole) {
        return toolTip(rule.description);
    }
    if (role == Qt::DecorationRole && column == Severity) {
        return ruleLook(rule.level).icon();
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (column) {
    case Name:
        return singleLine(rule.title, 200);
    case Severity:
        return ruleLook(rule.level).word;
    case Techniques:
        return singleLine(rule.techniques().join(QStringLiteral(", ")), 100);
    case Alerts: {
        const int alerts = m_counts.value(rule.id);
        return alerts > 0 ? QVariant(alerts) : QVariant();
    }
    default:
        return {};
    }
}

QVariant DetectionModel::brokenData(const Broken &broken, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return column == Name ? broken.title : column == Severity ? tr("Error") : QVariant();
    case Qt::CheckStateRole:
        return column == Name ? QVariant(Qt::Unchecked) : QVariant(); // it is off, and stays so
    case Qt::DecorationRole:
        return column == Severity ? QVariant(icon(u"error", Tone::Bad)) : QVariant();
    case Qt::ToolTipRole:
        return toolTip(tr("It does not run until this is mended.") + u'\n' + broken.reasons.join(u'\n'));
    default:
        return {};
    }
}

QVariant DetectionModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole && index.column() == Alerts) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (index.internalId() == packId) {
        return packData(m_entries[static_cast<std::size_t>(index.row())], index.column(), role);
    }
    if (const Broken *broken = brokenAt(index)) {
        return brokenData(*broken, index.column(), role);
    }
    const Entry &entry = m_entries[index.internalId() - 1];
    return ruleData(entry, *entry.rules[static_cast<std::size_t>(index.row())], index.column(), role);
}

bool DetectionModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const detect::Pack *pack = packAt(index);
    if (role != Qt::CheckStateRole || !pack || index.column() != Name || brokenAt(index)) {
        return false;
    }
    const bool on = value.toInt() == Qt::Checked;
    if (const detect::RulePtr rule = ruleAt(index)) {
        m_choices.setRule(*rule, on);
        if (on && !isOn(*pack)) {
            // One rule of a pack that is off: the pack, without the others.
            m_choices.setPack(pack->id, true);
            for (const detect::RulePtr &other : pack->set.rules) {
                if (other->raises && other->id != rule->id) {
                    m_choices.setRule(*other, false);
                }
            }
        }
    } else {
        m_choices.setPack(pack->id, on);
    }
    tellAll();
    Q_EMIT choicesChanged(m_choices);
    return true;
}

QVariant DetectionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Name:
        return tr("Rule");
    case Severity:
        return tr("Severity");
    case Techniques:
        return tr("ATT&CK");
    case Alerts:
        return tr("Alerts in 30 days");
    default:
        return {};
    }
}

Qt::ItemFlags DetectionModel::flags(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (index.column() == Name && !brokenAt(index)) {
        flags |= Qt::ItemIsUserCheckable;
    }
    return flags;
}

} // namespace octotrail::ui
