// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SqlGuard.h"

#include "store/Schema.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QRegularExpression>
#include <QSet>

namespace octotrail::store {

using event::ErrorKind;
using event::failure;

using namespace Qt::StringLiterals;

namespace {

/// Longer than anything that a person writes; bounds what the parser has to do.
constexpr std::size_t longestSql = 200'000;
/// What DuckDB may write aside while it sorts or joins more than fits into memory.
constexpr const char *spillLimit = "16GB";

/// Table functions that give rows of what they are given, or of the catalogue. All others may reach files, settings or
/// memory, such as read_csv, glob, enable_logging or arrow_scan.
bool isKnownTableFunction(const QString &name)
{
    static const QSet<QString> known{u"unnest"_s, u"range"_s, u"generate_series"_s, u"repeat"_s, u"json_each"_s,
        u"json_tree"_s, u"summary"_s, u"duckdb_columns"_s, u"duckdb_tables"_s, u"duckdb_types"_s, u"duckdb_functions"_s,
        u"duckdb_keywords"_s};
    return known.contains(name);
}

/// Functions of values that change something, or that trust what they are given.
bool isForbiddenFunction(const QString &name)
{
    static const QSet<QString> forbidden{u"nextval"_s, u"currval"_s, u"write_log"_s, u"in_ids"_s, u"time_bins"_s,
        u"filter_denies"_s, u"getenv"_s, u"setseed"_s, u"sleep_ms"_s};
    return forbidden.contains(name);
}

/// Whether DuckDB might look for a file or an address behind the table's name: it puts the parts together with dots, so
/// that "/folder/file"."csv" is one, too.
bool isLikeFile(const QJsonObject &table)
{
    static const QRegularExpression marks(u"[./\\\\:*?\\[]"_s);
    static const QSet<QString> places{
        u""_s, u"store"_s, u"main"_s, u"system"_s, u"temp"_s, u"memory"_s, u"information_schema"_s, u"pg_catalog"_s};
    return table.value("table_name"_L1).toString().contains(marks)
        || !places.contains(table.value("schema_name"_L1).toString().toLower())
        || !places.contains(table.value("catalog_name"_L1).toString().toLower());
}

int columnOf(const QJsonValue &location, const QByteArray &sql)
{
    // Locations are bytes; there is none where it is out of range.
    const double offset = location.toDouble(-1);
    if (offset < 0 || offset >= static_cast<double>(sql.size())) {
        return 0;
    }
    return static_cast<int>(QString::fromUtf8(sql.left(static_cast<qsizetype>(offset))).size()) + 1;
}

event::Status checkObject(const QJsonObject &node, const QByteArray &sql)
{
    const int column = columnOf(node.value("query_location"_L1), sql);
    const QString type = node.value("type"_L1).toString();
    if (type == "TABLE_FUNCTION"_L1) {
        const QString name = node.value("function"_L1).toObject().value("function_name"_L1).toString().toLower();
        if (!isKnownTableFunction(name)) {
            return failure(ErrorKind::InvalidInput,
                QObject::tr("%1() is not allowed here: the console reads the case alone, no files and no settings.")
                    .arg(name.isEmpty() ? QObject::tr("This function") : name.left(60)),
                column);
        }
    } else if (type == "BASE_TABLE"_L1 && isLikeFile(node)) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("There is no table of that name. The console reads the case alone, no files."), column);
    } else if (node.value("class"_L1).toString() == "FUNCTION"_L1
        && isForbiddenFunction(node.value("function_name"_L1).toString().toLower())) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("%1() is not allowed here.").arg(node.value("function_name"_L1).toString().left(60)), column);
    }
    return {};
}

event::Status checkTree(const QJsonValue &value, const QByteArray &sql)
{
    if (value.isArray()) {
        for (const QJsonValue element : value.toArray()) {
            if (event::Status status = checkTree(element, sql); !status) {
                return status;
            }
        }
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        if (event::Status status = checkObject(object, sql); !status) {
            return status;
        }
        for (const QJsonValue member : object) {
            if (event::Status status = checkTree(member, sql); !status) {
                return status;
            }
        }
    }
    return {};
}

tl::unexpected<event::Error> notReading()
{
    return failure(ErrorKind::InvalidInput,
        QObject::tr(
            "Only a single SELECT, or WITH \u2026 SELECT, can be run here: the console reads the case and changes "
            "nothing."));
}

event::Result<QByteArray> serialized(duckdb::Connection &connection, const std::string &sql)
{
    const std::vector<filter::SqlValue> parameters{sql};
    return connection.query("SELECT CAST(json_serialize_sql(CAST(? AS VARCHAR)) AS VARCHAR)", parameters)
        .map([](duckdb::QueryResult &&result) {
            const auto chunk = result.next();
            const std::string_view text = chunk && chunk->size() == 1 ? chunk->column(0).text(0) : std::string_view();
            return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
        });
}

/// Where the caret under DuckDB's excerpt points to, from the statement's beginning; 0 if it shows none.
int columnOfExcerpt(const QString &message, const QString &sql)
{
    static const QRegularExpression excerpt(u"\\nLINE (\\d+): ([^\\n]*)\\n( *)\\^"_s);
    const QRegularExpressionMatch match = excerpt.match(message);
    if (!match.hasMatch()) {
        return 0;
    }
    qsizetype start = 0;
    for (int line = 1; line < match.captured(1).toInt(); ++line) {
        start = sql.indexOf(u'\n', start) + 1;
        if (start == 0) {
            return 0;
        }
    }
    const QString prefix = u"LINE "_s + match.captured(1) + u": "_s;
    qsizetype caret = match.captured(3).size() - prefix.size();
    QString shown = match.captured(2);
    // A long line is shown in part.
    if (shown.startsWith("..."_L1) && !sql.mid(start).startsWith("..."_L1)) {
        shown.remove(0, 3);
        if (shown.endsWith("..."_L1)) {
            shown.chop(3);
        }
        const qsizetype found = sql.indexOf(shown, start);
        if (found < 0) {
            return 0;
        }
        caret += found - start - 3;
    }
    const qsizetype column = start + caret + 1;
    return caret < 0 || column > sql.size() + 1 ? 0 : static_cast<int>(column);
}

} // namespace

event::Status checkReadOnly(duckdb::Connection &connection, const std::string &sql)
{
    const QByteArray bytes(sql.data(), static_cast<qsizetype>(sql.size()));
    if (bytes.trimmed().isEmpty()) {
        return failure(ErrorKind::InvalidInput, QObject::tr("Write a SELECT statement first."));
    }
    if (sql.size() > longestSql || bytes.contains('\0')) {
        return failure(ErrorKind::InvalidInput, QObject::tr("The statement is too long, or no text."));
    }
    const auto count = connection.countStatements(sql);
    if (!count) {
        return tl::unexpected(wordedSql(count.error(), QString::fromUtf8(bytes)));
    }
    if (*count != 1) {
        return notReading();
    }
    const auto tree = serialized(connection, sql);
    if (!tree) {
        return tl::unexpected(tree.error());
    }
    QJsonParseError error;
    const QJsonObject document = QJsonDocument::fromJson(*tree, &error).object();
    if (error.error != QJsonParseError::NoError) {
        return failure(ErrorKind::InvalidInput, QObject::tr("The statement is nested too deeply. Divide it."));
    }
    if (document.value("error"_L1).toBool(true) || document.value("statements"_L1).toArray().size() != 1) {
        return notReading();
    }
    return checkTree(document.value("statements"_L1), bytes);
}

event::Error wordedSql(const event::Error &error, const QString &sql)
{
    static const QRegularExpression kind(u"^([A-Z][A-Za-z ]*) Error: "_s);
    const QRegularExpressionMatch match = kind.match(error.sentence);
    // What says something of its own may stand within another error's message.
    if (error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::DiskFull || error.kind == ErrorKind::OutOfMemory
        || !match.hasMatch()) {
        return error;
    }
    static const QSet<QString> ofStatement{u"Parser"_s, u"Syntax"_s, u"Binder"_s, u"Catalog"_s, u"Conversion"_s,
        u"Invalid Input"_s, u"Out of Range"_s, u"Mismatch Type"_s, u"Invalid Type"_s, u"Decimal"_s, u"Divide by Zero"_s,
        u"Expression"_s, u"Not implemented"_s, u"Invalid"_s, u"Parameter Not Resolved"_s, u"Permission"_s};
    if (!ofStatement.contains(match.captured(1))) {
        return error;
    }
    constexpr qsizetype longest = 400;
    QString sentence = error.sentence.mid(match.capturedLength());
    const qsizetype excerpt = sentence.indexOf("\n\nLINE "_L1);
    sentence = sentence.left(excerpt < 0 ? longest : std::min(excerpt, longest)).simplified();
    // Of the names that DuckDB offers instead, the first few.
    if (const qsizetype list = sentence.indexOf("andidate bindings:"_L1); list >= 0) {
        sentence = sentence.section(u',', 0, 2);
    }
    if (!sentence.endsWith(u'.') && !sentence.endsWith(u'!') && !sentence.endsWith(u'?')) {
        sentence += u'.';
    }
    return {ErrorKind::InvalidInput, sentence, columnOfExcerpt(error.sentence, sql)};
}

QString exportFolder(const QString &storeFile)
{
    return storeFile + u".export"_s;
}

event::Status confineDatabase(duckdb::Connection &connection, const QString &file)
{
    const auto path = [&](const QString &name) { return schema::literal(QFile::encodeName(name).toStdString()); };
    // What DuckDB names the logs beside the file while a checkpoint runs; it allows the file and its log by itself.
    return connection.run("SET GLOBAL max_temp_directory_size = " + schema::literal(spillLimit)
        + "; SET GLOBAL allowed_paths = [" + path(file + u".wal.checkpoint"_s) + ", " + path(file + u".wal.recovery"_s)
        + "]; SET GLOBAL allowed_directories = [" + path(exportFolder(file))
        + "]; SET GLOBAL enable_external_access = false");
}

} // namespace octotrail::store
